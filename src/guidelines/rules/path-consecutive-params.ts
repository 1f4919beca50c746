import { spanWithin } from '../edit';
import { zalando } from '../guides';
import { segmentsOf } from '../openapi';
import { defineRule } from '../rule';

export const pathConsecutiveParams = defineRule({
  id: 'path-consecutive-params',
  summary: 'Between two ids of a path stands the name of a collection.',
  why: 'In `/shops/1/2` nobody sees what the 2 is. `/shops/1/orders/2` says it, and leaves room for other things of a shop.',
  severity: 'info',
  source: zalando(143),
  presets: ['strict', 'zalando', 'google'],
  bad: `paths:
  /shops/{shop}/{order}: {} # want
`,
  good: `paths:
  /shops/{shop}/orders/{order}: {}
`,
  visit: {
    path(item, report, spec) {
      const path = item.key ?? '';
      const segments = segmentsOf(path);
      const second = segments.find(
        ({ text }, at) => /^\{[^{}]*\}$/.test(text) && /^\{[^{}]*\}$/.test(segments[at - 1]?.text ?? ''),
      );
      if (second === undefined || item.keySpan === undefined) return;
      report({
        at: item,
        on: spanWithin(spec, item.keySpan, path, [second.start, second.end]),
        message: `Put the name of a collection before \`${second.text}\`, so that the address says what that is.`,
      });
    },
  },
});
