import { spanWithin } from '../edit';
import { counted } from '../fact';
import { heroku } from '../guides';
import { segmentsOf } from '../openapi';
import { defineRule } from '../rule';

/** Where something is read at or below `…/actions`: those are things that are called so. */
const readBelow = counted((view) =>
  view.nodes('path').flatMap((item) => {
    const path = item.key ?? '';
    const at = path.indexOf('/actions');
    return at >= 0 && item.has('get') ? [path.slice(0, at + '/actions'.length)] : [];
  }),
);

export const pathActions = defineRule({
  id: 'path-actions',
  summary: 'Behind `actions` stands the one action, at the end of the path.',
  why: '`/runs/{run_id}/actions/stop` tells at a glance what is a thing and what is done to it. With more behind it, or nothing, the reader has to guess again.',
  severity: 'info',
  source: heroku('requests', 'Actions'),
  presets: ['heroku'],
  bad: `paths:
  /runs/{run_id}/actions/stop/now: {} # want
`,
  good: `paths:
  /runs/{run_id}/actions/stop: {}
`,
  wholeDocument: true,
  visit: {
    path(item, report, spec) {
      const path = item.key ?? '';
      const segments = segmentsOf(path);
      const at = segments.findIndex(({ text }) => text === 'actions');
      const found = segments[at];
      if (found === undefined || at === 0 || item.keySpan === undefined) return;
      const rest = segments.slice(at + 1);
      if (rest.length === 1 || rest.some(({ text }) => text.startsWith('{'))) return;
      if (readBelow(spec).has(path.slice(0, found.end))) return;
      report({
        at: item,
        on: spanWithin(spec, item.keySpan, path, [found.start, found.end]),
        message: 'Behind `actions` stands the one action, and nothing else: `…/actions/stop`.',
      });
    },
  },
});
