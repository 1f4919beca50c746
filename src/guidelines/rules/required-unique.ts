import { removeItem } from '../edit';
import { defineRule } from '../rule';

export const requiredUnique = defineRule({
  id: 'required-unique',
  summary: '`required` names each property once.',
  why: 'A name that stands there twice is mostly a copy where another name was meant, and validators refuse the schema.',
  severity: 'error',
  source: {
    guideline: 'JSON Schema Validation',
    ref: '6.5.3',
    url: 'https://json-schema.org/draft/2020-12/json-schema-validation#section-6.5.3',
  },
  fixable: true,
  presets: ['recommended', 'strict', 'spectral-oas', 'redocly-recommended'],
  bad: `components:
  schemas:
    Order:
      type: object
      required: [id, id] # want
      properties: { id: { type: string } }
`,
  good: `components:
  schemas:
    Order:
      type: object
      required: [id]
      properties: { id: { type: string } }
`,
  visit: {
    'schema.required'(node, report, spec) {
      const seen = new Set<string>();
      for (const at of node.childrenOf('required')) {
        const name = at.string;
        if (name === undefined) continue;
        if (seen.has(name))
          report({
            at,
            message: `\`${name}\` is required already; did you mean another property?`,
            fix: { title: 'Remove it', safe: true, edits: () => removeItem(spec, at) },
          });
        seen.add(name);
      }
    },
  },
});
