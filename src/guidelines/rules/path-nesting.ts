import { spanWithin } from '../edit';
import { heroku } from '../guides';
import { segmentsOf } from '../openapi';
import { numberOption } from '../option';
import { defineRule } from '../rule';

const most = numberOption('most', 3, 'How many ids a path holds at most.');

export const pathNesting = defineRule({
  id: 'path-nesting',
  summary: 'A path holds at most three collections.',
  why: 'Deep paths ask a client for ids that it has no use for: whoever has the id of a line needs not say its order, shop and country again. Things with an id of their own can stand at the root.',
  severity: 'info',
  source: heroku('requests', 'Minimize path nesting'),
  presets: ['heroku', 'zalando'],
  bad: `paths:
  /regions/{r}/shops/{s}/orders/{o}/lines/{l}: {} # want
`,
  good: `paths:
  /orders/{o}/lines/{l}: {}
`,
  options: [most],
  visit: {
    path(item, report, spec, options) {
      const path = item.key ?? '';
      const parameters = segmentsOf(path).filter(({ text }) => text.startsWith('{'));
      const tooMany = parameters[options.get(most)];
      if (tooMany === undefined || item.keySpan === undefined) return;
      report({
        at: item,
        on: spanWithin(spec, item.keySpan, path, [tooMany.start, tooMany.end]),
        message: `This needs ${parameters.length} ids: give what has an id of its own a shorter address, nearer to the root.`,
      });
    },
  },
});
