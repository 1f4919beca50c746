import type { Report } from '../rule';
import type { TreeNode } from '../tree';
import { defineRule } from '../rule';

const pairs = [
  ['minLength', 'maxLength'],
  ['minItems', 'maxItems'],
  ['minimum', 'maximum'],
  ['minProperties', 'maxProperties'],
] as const;

const check =
  ([low, high]: readonly [string, string]) =>
  (node: TreeNode, report: Report): void => {
    const at = node.get(high);
    if (at === undefined) return;
    const [least, most] = [node.get(low)?.value, at.value];
    if (typeof least === 'number' && typeof most === 'number' && least > most)
      report({ at, message: `\`${low}\` is ${least} and \`${high}\` is ${most}, so no value is allowed.` });
  };
const checks = pairs.map(check);

export const limitsInOrder = defineRule({
  id: 'limits-in-order',
  summary: 'A lower limit is not above its upper limit.',
  why: 'Between 10 and 5 there is nothing: no value can be sent, and a generated test finds none.',
  severity: 'error',
  source: {
    guideline: 'JSON Schema Validation',
    ref: '6',
    url: 'https://json-schema.org/draft/2020-12/json-schema-validation#section-6',
  },
  presets: ['recommended', 'strict'],
  bad: `components:
  schemas:
    Name:
      type: string
      minLength: 10
      maxLength: 5 # want
`,
  good: `components:
  schemas:
    Name:
      type: string
      minLength: 5
      maxLength: 10
`,
  visit: {
    ...Object.fromEntries(pairs.map(([low, high]) => [`schema.${high}`, check([low, high])])),
    parameter(node, report) {
      for (const one of checks) one(node, report);
    },
  },
});
