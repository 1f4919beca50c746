import { spanWithin } from '../edit';
import { aip } from '../guides';
import { namesOf } from '../resources';
import { defineRule } from '../rule';
import { toCasing } from '../words';

export const pathCamelCase = defineRule({
  id: 'path-camel-case',
  summary: 'Collections are written in camelCase: `/orderItems`.',
  why: 'Names of things, `shops/1/orderItems/2`, are used as ids in data too. In one form they are the same there and in every language.',
  severity: 'info',
  source: aip(122),
  // Guides disagree: Zalando 129 asks for kebab-case.
  presets: ['google'],
  bad: `paths:
  /order_items: {} # want
`,
  good: `paths:
  /orders: {}
`,
  visit: {
    path(item, report, spec) {
      const path = item.key ?? '';
      const found = namesOf(path).find(
        ({ text }) => /^[A-Za-z][A-Za-z\d]*[_-][\w-]*$/.test(text) || /^[A-Z]/.test(text),
      );
      if (found === undefined || item.keySpan === undefined) return;
      report({
        at: item,
        on: spanWithin(spec, item.keySpan, path, [found.start, found.end]),
        message: `Collections are written in camelCase: \`${toCasing('camelCase', found.text)}\`.`,
      });
    },
  },
});
