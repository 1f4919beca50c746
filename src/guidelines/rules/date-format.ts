import { lyst } from '../guides';
import { isMoment, saysForm } from '../moments';
import { propertiesNamed } from '../named';
import { defineRule } from '../rule';
import { isOfType } from '../schemas';

export const dateFormat = defineRule({
  id: 'date-format',
  summary: 'Days and instants are told as such, with `format: date` or `date-time`.',
  why: 'A string may hold `03/04/25`, and nobody knows which month that is. The two formats are ISO 8601 as RFC 3339 cuts it down: one way to write, sorted by itself, read by every library.',
  severity: 'info',
  source: lyst('ISO standards'),
  presets: ['strict', 'lyst', 'heroku', 'zalando', 'google'],
  bad: `components:
  schemas:
    Order:
      type: object
      properties:
        created_at: { type: string } # want
`,
  good: `components:
  schemas:
    Order:
      type: object
      properties:
        created_at: { type: string, format: date-time }
        delivery_date: { type: string, format: date }
`,
  visit: {
    properties: propertiesNamed(isMoment, (property, report) => {
      if (!isOfType(property, 'string') || saysForm(property)) return;
      report({
        at: property,
        message: 'Say how this is written: `format: date-time` for an instant, `format: date` for a day.',
      });
    }),
  },
});
