import { canInsert, insertAfter } from '../edit';
import { zalando } from '../guides';
import { propertiesNamed } from '../named';
import { defineRule } from '../rule';
import { isOfType } from '../schemas';
import { wordsOf } from '../words';

export const uuidFormat = defineRule({
  id: 'uuid-format',
  summary: 'What is called a UUID is told as one, with `format: uuid`.',
  why: 'With the format a generator makes a UUID of it, and a slip in one is found at the door, not as a thing that is not there.',
  severity: 'info',
  source: zalando(238),
  presets: ['strict', 'zalando', 'lyst'],
  fixable: true,
  bad: `components:
  schemas:
    Order:
      type: object
      properties:
        customer_uuid: # want
          type: string
`,
  good: `components:
  schemas:
    Order:
      type: object
      properties:
        customer_uuid:
          type: string
          format: uuid
`,
  visit: {
    properties: propertiesNamed(
      (name) => /^(?:uuid|guid)$/.test(wordsOf(name).at(-1) ?? ''),
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
          message:
            'Say that this is a UUID, with `format: uuid`, so that a slip in one is found at the door.',
          fix: canInsert(property)
            ? {
                title: 'Add format: uuid',
                safe: false,
                edits: () => insertAfter(spec, type, ['format', 'uuid']),
              }
            : undefined,
        });
      },
    ),
  },
});
