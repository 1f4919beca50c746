import { lyst } from '../guides';
import { isMoment } from '../moments';
import { propertiesNamed } from '../named';
import { defineRule } from '../rule';
import { isOfType } from '../schemas';

export const noEpochTime = defineRule({
  id: 'no-epoch-time',
  summary: 'Instants are written out, not counted in seconds.',
  why: 'A number such as 1735689600 says neither whether it counts seconds or milliseconds nor what day it is, to a reader of logs least of all. ISO 8601 says both.',
  severity: 'info',
  source: lyst('ISO standards'),
  presets: ['strict', 'lyst', 'heroku', 'zalando', 'google'],
  bad: `components:
  schemas:
    Order:
      type: object
      properties:
        created_at: { type: integer } # want
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
      (name) => isMoment(name) || /^(?:created|updated|modified)$/i.test(name),
      (property, report) => {
        if (!isOfType(property, 'integer') && !isOfType(property, 'number')) return;
        // `created: integer` can be how many were made.
        if (!isMoment(property.key ?? '') && property.stringAt('format') !== 'unix-time') return;
        report({
          at: property,
          message:
            'Write the instant out, as a string with `format: date-time`: a number says neither its unit nor its day.',
        });
      },
    ),
  },
});
