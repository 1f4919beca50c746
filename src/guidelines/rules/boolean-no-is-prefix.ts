import { aip } from '../guides';
import { remembered } from '../remembered';
import { defineRule } from '../rule';
import { wordsOf } from '../words';

const hasPrefix = remembered(
  (name: string): boolean => wordsOf(name)[0] === 'is' && wordsOf(name).length > 1,
);

export const booleanNoIsPrefix = defineRule({
  id: 'boolean-no-is-prefix',
  summary: 'A yes or no is called `disabled`, not `is_disabled`.',
  why: 'In most languages the getter puts the `is` before it, and `isIsDisabled()` is what becomes of it. The type says already that it is a yes or no.',
  severity: 'info',
  source: aip(140),
  presets: ['google'],
  bad: `components:
  schemas:
    User:
      type: object
      properties:
        is_disabled: { type: boolean } # want
`,
  good: `components:
  schemas:
    User:
      type: object
      properties:
        disabled: { type: boolean }
`,
  visit: {
    booleanSchema(node, report) {
      if (node.parent?.key !== 'properties' || !hasPrefix(node.key ?? '')) return;
      report({
        at: node,
        message: `Call it \`${wordsOf(node.key ?? '')
          .slice(1)
          .join('_')}\`: that it is a yes or no, its type says.`,
      });
    },
  },
});
