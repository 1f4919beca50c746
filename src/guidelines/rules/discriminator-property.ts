import { defineRule } from '../rule';
import type { TreeNode } from '../tree';

/** With alternatives, the property stands in each of them. */
const combining = ['oneOf', 'anyOf', 'allOf'] as const;

/** What is missing for the property to be there always; undefined when nothing is. */
function lackOf(schema: TreeNode, name: string): string | undefined {
  if (schema.get('properties')?.has(name) !== true) return 'not under `properties`';
  const isRequired = schema.childrenOf('required').some((one) => one.string === name);
  // Since 3.2 it can be left out, when the discriminator says what that means.
  return isRequired || schema.get('discriminator')?.has('defaultMapping') === true
    ? undefined
    : 'not under `required`';
}

export const discriminatorProperty = defineRule({
  id: 'discriminator-property',
  summary: 'The property that a discriminator names is defined and required.',
  why: 'Who reads the data looks into this property first, to see which schema the rest has. When it may be missing, nobody can tell.',
  severity: 'warning',
  source: {
    guideline: 'OpenAPI Specification',
    ref: 'Discriminator Object',
    url: 'https://spec.openapis.org/oas/v3.1.1.html#discriminator-object',
  },
  presets: ['recommended', 'strict', 'spectral-oas'],
  bad: `components:
  schemas:
    Pet:
      type: object
      discriminator:
        propertyName: kind # want
      properties:
        kind: { type: string }
`,
  good: `components:
  schemas:
    Pet:
      type: object
      required: [kind]
      discriminator:
        propertyName: kind
      properties:
        kind: { type: string }
`,
  visit: {
    'schema.discriminator'(node, report, spec) {
      const discriminator = node.get('discriminator')?.actual;
      const at = spec.version === '2.0' ? discriminator : discriminator?.get('propertyName');
      const name = at?.string;
      if (at === undefined || name === undefined || combining.some((key) => node.has(key))) return;
      const lack = lackOf(node, name);
      if (lack === undefined) return;
      report({
        at,
        on: 'value',
        message: `The data is told apart by \`${name}\`, so it has to be there always; it is ${lack}.`,
      });
    },
  },
});
