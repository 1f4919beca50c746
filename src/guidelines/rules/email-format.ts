import { canInsert, insertAfter } from '../edit';
import { zalando } from '../guides';
import { propertiesNamed } from '../named';
import { defineRule } from '../rule';
import { isOfType } from '../schemas';
import { wordsOf } from '../words';

export const emailFormat = defineRule({
  id: 'email-format',
  summary: 'Mail addresses are told as such, with `format: email`.',
  why: 'With the format, forms, checks and test data know what belongs there. Without, a name or a blank passes as an address until a mail comes back.',
  severity: 'info',
  source: zalando(238),
  presets: ['strict', 'zalando'],
  fixable: true,
  bad: `components:
  schemas:
    Customer:
      type: object
      properties:
        email: # want
          type: string
`,
  good: `components:
  schemas:
    Customer:
      type: object
      properties:
        email:
          type: string
          format: email
`,
  visit: {
    properties: propertiesNamed(
      (name) => /(?:^| )e ?mail(?: address)?$/.test(wordsOf(name).join(' ')),
      (property, report, spec) => {
        const type = property.get('type');
        if (
          type === undefined ||
          !isOfType(property, 'string') ||
          ['format', 'pattern', 'enum', 'const'].some((key) => property.has(key))
        )
          return;
        report({
          at: property,
          message: 'Say that this is a mail address, with `format: email`, so that forms and checks know it.',
          fix: canInsert(property)
            ? {
                title: 'Add format: email',
                safe: false,
                edits: () => insertAfter(spec, type, ['format', 'email']),
              }
            : undefined,
        });
      },
    ),
  },
});
