import { aip } from '../guides';
import { defineRule } from '../rule';
import { wordsOf } from '../words';

const imperative: Readonly<Record<string, string>> = {
  created: 'create_time',
  creation: 'create_time',
  updated: 'update_time',
  modified: 'update_time',
  deleted: 'delete_time',
  expires: 'expire_time',
  expired: 'expire_time',
  expiration: 'expire_time',
  started: 'start_time',
  ended: 'end_time',
  finished: 'end_time',
  completed: 'complete_time',
  published: 'publish_time',
};

function proposed(name: string): string {
  const stem = wordsOf(name).filter((word) => word !== 'at' && word !== 'on' && word !== 'date');
  const known = stem.length === 1 ? imperative[stem[0] ?? ''] : undefined;
  return known ?? [...stem, 'time'].join('_');
}

export const timeSuffixTime = defineRule({
  id: 'time-suffix-time',
  summary: 'The name of an instant ends in `_time`, with the verb as it is: `create_time`.',
  why: 'A name that ends so needs no look at its type, and code that works on all APIs finds `create_time` and `update_time` in each.',
  severity: 'info',
  source: aip(142),
  // Guides disagree: Zalando 235 asks for `_at`.
  presets: ['google'],
  bad: `components:
  schemas:
    Order:
      type: object
      properties:
        created_at: { type: string, format: date-time } # want
`,
  good: `components:
  schemas:
    Order:
      type: object
      properties:
        create_time: { type: string, format: date-time }
`,
  visit: {
    momentSchema(node, report) {
      if (node.parent?.key !== 'properties' || node.get('format')?.string !== 'date-time') return;
      const name = node.key ?? '';
      if (/^times?$/.test(wordsOf(name).at(-1) ?? '')) return;
      report({ at: node, message: `An instant ends in \`_time\`: \`${proposed(name)}\`.` });
    },
  },
});
