import { canInsert, insertAfter } from '../edit';
import { lyst } from '../guides';
import { propertiesNamed } from '../named';
import { defineRule } from '../rule';
import { isOfType } from '../schemas';

export const idUuid = defineRule({
  id: 'id-uuid',
  summary: 'A thing’s `id` is a UUID.',
  why: 'A number from the database tells outsiders how many things there are, and lets them count up to those of others. A UUID tells nothing, is unique across services, and can be made before the row is written.',
  severity: 'info',
  source: lyst('Identifying Resource Instances'),
  presets: ['lyst', 'heroku'],
  fixable: true,
  bad: `components:
  schemas:
    Order:
      type: object
      properties:
        id: # want
          type: string
`,
  good: `components:
  schemas:
    Order:
      type: object
      properties:
        id:
          type: string
          format: uuid
`,
  visit: {
    properties: propertiesNamed(
      (name) => name === 'id',
      (property, report, spec) => {
        const isNumber = isOfType(property, 'integer') || isOfType(property, 'number');
        const isText = isOfType(property, 'string');
        if (!isNumber && (!isText || ['format', 'pattern', 'enum', 'const'].some((key) => property.has(key))))
          return;
        const type = property.get('type');
        report({
          at: property,
          message: isNumber
            ? 'A number as an id tells how many there are, and lets anyone count up to the others: use a UUID.'
            : 'Say what this id looks like: `format: uuid` for a UUID, else a `pattern`.',
          fix:
            isText && type !== undefined && canInsert(property)
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
