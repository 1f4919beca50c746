import { aip } from '../guides';
import { propertiesNamed } from '../named';
import { defineRule } from '../rule';
import { wordsOf } from '../words';

export const stateName = defineRule({
  id: 'state-name',
  summary: 'Where a thing is in its life is called `state`.',
  why: '`status` is also the word for outcomes and HTTP codes. With `state` for the life of a thing, the two can stand beside each other.',
  severity: 'hint',
  source: aip(216),
  presets: ['google'],
  bad: `components:
  schemas:
    Order:
      type: object
      properties:
        status: { type: string, enum: [OPEN, PAID, SENT] } # want
`,
  good: `components:
  schemas:
    Order:
      type: object
      properties:
        state: { type: string, enum: [OPEN, PAID, SENT] }
`,
  visit: {
    properties: propertiesNamed(
      (name) => wordsOf(name).at(-1) === 'status',
      (property, report) => {
        if (property.childrenOf('enum').length < 2) return;
        report({
          at: property,
          message:
            'Call where a thing is in its life its `state`: `status` is the word for outcomes and HTTP codes.',
        });
      },
    ),
  },
});
