import { renameKey } from '../edit';
import { defineRule } from '../rule';

export const pathLeadingSlash = defineRule({
  id: 'path-leading-slash',
  summary: 'Paths start with a slash.',
  why: 'The address of an operation is the server’s address with the path put behind it; without the slash the two run together.',
  severity: 'error',
  source: {
    guideline: 'OpenAPI Specification',
    ref: 'Paths Object',
    url: 'https://spec.openapis.org/oas/v3.1.1.html#paths-object',
  },
  fixable: true,
  presets: ['recommended', 'strict', 'spectral-oas', 'redocly-recommended'],
  bad: `paths:
  orders: {} # want
`,
  good: `paths:
  /orders: {}
`,
  visit: {
    paths(node, report, spec) {
      for (const key of node.keys) {
        if (key.startsWith('/') || key.startsWith('x-') || key === '<<' || key === '$ref') continue;
        const child = node.get(key);
        if (child === undefined) continue;
        report({
          at: child,
          message: `A path starts with a slash, so \`${key}\` is not taken for one.`,
          fix: node.has(`/${key}`)
            ? undefined
            : { title: `Rename to /${key}`, safe: true, edits: () => renameKey(spec, child, `/${key}`) },
        });
      }
    },
  },
});
