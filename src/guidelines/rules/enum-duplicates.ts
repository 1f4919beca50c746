import { removeItem } from '../edit';
import { defineRule } from '../rule';

export const enumDuplicates = defineRule({
  id: 'enum-duplicates',
  summary: 'An `enum` lists each value once.',
  why: 'JSON Schema wants them unique, and generators make two constants of one name.',
  severity: 'warning',
  source: {
    guideline: 'JSON Schema Validation',
    ref: '6.1.2',
    url: 'https://json-schema.org/draft/2020-12/json-schema-validation#section-6.1.2',
  },
  fixable: true,
  presets: ['recommended', 'strict', 'spectral-oas', 'redocly-recommended'],
  bad: `components:
  schemas:
    State:
      type: string
      enum:
        - open
        - closed
        - open # want
`,
  good: `components:
  schemas:
    State:
      type: string
      enum:
        - open
        - closed
`,
  visit: {
    'schema.enum'(node, report, spec) {
      const seen = new Set<unknown>();
      for (const item of node.childrenOf('enum')) {
        if (item.kind !== 'scalar') continue;
        if (seen.has(item.value))
          report({
            at: item,
            message: `\`${String(item.value)}\` stands in this list already.`,
            fix: { title: 'Remove the repeated value', safe: true, edits: () => removeItem(spec, item) },
          });
        seen.add(item.value);
      }
    },
  },
});
