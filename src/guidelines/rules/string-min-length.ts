import { hasAny } from '../layout';
import { defineRule } from '../rule';

const isRestricted = hasAny(['minLength', 'enum', 'const', 'format', 'pattern']);

export const stringMinLength = defineRule({
  id: 'string-min-length',
  summary: 'A required property that is a string says how short it may be.',
  why: '`required` asks only that the property is there. `""` is there as well; `minLength: 1` asks for something in it.',
  severity: 'hint',
  source: {
    guideline: 'Redocly',
    ref: 'required-string-property-missing-min-length',
    url: 'https://redocly.com/docs/cli/rules/oas/required-string-property-missing-min-length',
  },
  presets: ['strict'],
  bad: `components:
  schemas:
    Customer:
      type: object
      required: [name]
      properties:
        name: { type: string } # want
`,
  good: `components:
  schemas:
    Customer:
      type: object
      required: [name]
      properties:
        name: { type: string, minLength: 1 }
`,
  visit: {
    'schema.required'(node, report) {
      const required = node.get('required');
      const properties = required === undefined ? undefined : node.get('properties')?.actual;
      if (properties === undefined) return;
      for (const entry of node.childrenOf('required')) {
        const property = properties.get(entry.string ?? '');
        if (property?.stringAt('type') !== 'string' || isRestricted(property)) continue;
        report({
          at: property,
          message: `An empty text is allowed here; add \`minLength: 1\` if \`${property.key}\` has to say something.`,
        });
      }
    },
  },
});
