import { zalando } from '../guides';
import { propertiesNamed } from '../named';
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
    properties: propertiesNamed(
      (name) =>
        name.length > 2 &&
        !telling.has(wordsOf(name).at(-1) ?? '') &&
        !wordsOf(name).some((word) => anywhere.has(word)),
      (property, report) => {
        const format = property.get('format')?.string;
        if (format !== 'date-time' && format !== 'date') return;
        report({
          at: property,
          message: `Let the name say that this is a time: \`${property.key ?? ''}_${format === 'date' ? 'date' : 'at'}\`.`,
        });
      },
    ),
  },
});
