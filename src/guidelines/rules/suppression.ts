import { defineRule } from '../rule';

/** Reported by the engine itself: only it knows what the other rules found. */
export const suppression = defineRule({
  id: 'suppression',
  summary: 'What silences a rule names it, says why, and is needed.',
  why: 'A comment that silences a finding is a decision. Without a reason nobody can tell in a year whether it still holds, and one that nothing needs any more hides the next mistake in its place.',
  severity: 'warning',
  source: {
    guideline: 'ESLint, unused and undescribed directives',
    ref: 'reportUnusedDisableDirectives',
    url: 'https://eslint.org/docs/latest/use/configure/rules#report-unused-eslint-disable-comments',
  },
  presets: ['recommended', 'strict'],
  bad: `# servicewright-disable-next-line info-contact # want
info:
  title: Orders
  version: 1.0.0
`,
  good: `# servicewright-disable-next-line path-no-version -- the partner calls it so until March
paths: {}
`,
  visit: {},
});
