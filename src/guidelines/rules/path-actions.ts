import { spanWithin } from '../edit';
import { heroku } from '../guides';
import { segmentsOf } from '../openapi';
import { defineRule } from '../rule';

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
  visit: {
    path(item, report, spec) {
      const path = item.key ?? '';
      const segments = segmentsOf(path);
      const at = segments.findIndex(({ text }) => text === 'actions');
      const found = segments[at];
      // `/actions/{action_id}` is a collection that is called so.
      if (found === undefined || at === 0 || item.keySpan === undefined) return;
      const rest = segments.slice(at + 1);
      const isCollection =
        rest.length === 0 ? item.has('get') : rest.some(({ text }) => text.startsWith('{'));
      if (isCollection || rest.length === 1 || item.has('get')) return;
      report({
        at: item,
        on: spanWithin(spec, item.keySpan, path, [found.start, found.end]),
        message: 'Behind `actions` stands the one action, and nothing else: `…/actions/stop`.',
      });
    },
  },
});
