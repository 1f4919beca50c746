import { defineRule } from '../rule';

const fields = ['value', 'externalValue', 'dataValue', 'serializedValue'] as const;

/** Pairs that say the same thing in two ways (OpenAPI 3.2, Example Object). */
const clashes = [
  ['value', 'externalValue'],
  ['value', 'dataValue'],
  ['value', 'serializedValue'],
  ['serializedValue', 'externalValue'],
] as const;

export const exampleOneValue = defineRule({
  id: 'example-one-value',
  summary: 'An example has one value: in the description or at an address, not both and not none.',
  why: 'With two values nobody knows which is shown, and with none there is nothing to show.',
  severity: 'error',
  source: {
    guideline: 'OpenAPI Specification',
    ref: 'Example Object',
    url: 'https://spec.openapis.org/oas/v3.1.1.html#example-object',
  },
  presets: ['recommended', 'strict', 'spectral-oas', 'redocly-recommended'],
  bad: `components:
  examples:
    Order:
      value: { id: 1 }
      externalValue: https://example.com/order.json # want
`,
  good: `components:
  examples:
    Order:
      value: { id: 1 }
`,
  visit: {
    example(node, report) {
      if (node.kind !== 'map') return;
      for (const [first, second] of clashes) {
        const at = node.get(second);
        if (at === undefined || !node.has(first)) continue;
        report({ at, message: `\`${first}\` says it already; keep one of \`${first}\` and \`${second}\`.` });
        return;
      }
      if (!fields.some((field) => node.has(field)))
        report({ at: node, message: 'This example shows nothing: put a `value` in, or take it out.' });
    },
  },
});
