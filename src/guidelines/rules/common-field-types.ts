import { zalando } from '../guides';
import { propertiesNamed } from '../named';
import { defineRule } from '../rule';
import { isOfType } from '../schemas';

export const commonFieldTypes = defineRule({
  id: 'common-field-types',
  summary: 'Ids are strings, whatever they look like today.',
  why: 'An id is not counted with. As a string it can become a UUID, or get a prefix, and no client changes; as a number it overflows in JavaScript at 2^53.',
  severity: 'info',
  source: zalando(174),
  presets: ['strict', 'zalando'],
  bad: `components:
  schemas:
    Order:
      type: object
      properties:
        customer_id: { type: integer } # want
`,
  good: `components:
  schemas:
    Order:
      type: object
      properties:
        customer_id: { type: string }
`,
  visit: {
    properties: propertiesNamed(
      (name) => /^id$|_id$|[a-z]Id$/.test(name),
      (property, report) => {
        if (!isOfType(property, 'integer') && !isOfType(property, 'number')) return;
        report({
          at: property,
          message: 'Make this id a string: it is not counted with, and can then take another form one day.',
        });
      },
    ),
  },
});
