import { aip } from '../guides';
import { propertiesNamed } from '../named';
import { defineRule } from '../rule';
import { isOfType } from '../schemas';

export const timestampsReadOnly = defineRule({
  id: 'timestamps-read-only',
  summary: 'What only the service sets is `readOnly`.',
  why: 'A schema is mostly used for both ways. Without `readOnly`, forms ask for the time of creation, and a client that sends it wonders why nothing comes of it.',
  severity: 'hint',
  source: aip(203),
  presets: ['google'],
  bad: `components:
  schemas:
    Order:
      type: object
      properties:
        id: { type: string }
        create_time: { type: string, format: date-time } # want
`,
  good: `components:
  schemas:
    Order:
      type: object
      properties:
        id: { type: string }
        create_time: { type: string, format: date-time, readOnly: true }
`,
  visit: {
    properties: propertiesNamed(
      (name) => /^(?:create|update|delete|created|updated|deleted|modified)_?(?:time|at|on)$/i.test(name),
      (property, report) => {
        if (!isOfType(property, 'string') || property.has('readOnly')) return;
        report({
          at: property,
          message: 'Only the service sets this: say `readOnly: true`, so that no form asks for it.',
        });
      },
    ),
  },
});
