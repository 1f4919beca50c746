import { zalando } from '../guides';
import { remembered } from '../remembered';
import { defineRule } from '../rule';
import { wordsOf } from '../words';

const telling: ReadonlySet<string> = new Set([
  'at',
  'on',
  'date',
  'time',
  'datetime',
  'timestamp',
  'day',
  'until',
  'since',
  'from',
  'to',
  'after',
  'before',
  'start',
  'end',
  'begin',
  'birthday',
  'deadline',
]);

const anywhere: ReadonlySet<string> = new Set(['date', 'time', 'timestamp', 'ts']);

const saysTime = remembered((name: string): boolean => {
  const words = wordsOf(name);
  return name.length < 3 || telling.has(words.at(-1) ?? '') || words.some((word) => anywhere.has(word));
});

export const timeSuffix = defineRule({
  id: 'time-suffix',
  summary: 'The name of a day or an instant says that it is one: `created_at`.',
  why: 'Is `created` a time, a person or a yes? With `_at`, `_date` or `_time` at its end a name needs no look at its type.',
  severity: 'info',
  source: zalando(235),
  presets: ['zalando'],
  bad: `components:
  schemas:
    Order:
      type: object
      properties:
        created: { type: string, format: date-time } # want
`,
  good: `components:
  schemas:
    Order:
      type: object
      properties:
        created_at: { type: string, format: date-time }
`,
  visit: {
    momentSchema(node, report) {
      const name = node.key ?? '';
      if (node.parent?.key !== 'properties' || saysTime(name)) return;
      const suffix = node.get('format')?.string === 'date' ? 'date' : 'at';
      report({ at: node, message: `Let the name say that this is a time: \`${name}_${suffix}\`.` });
    },
  },
});
