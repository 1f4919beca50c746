import { defineRule } from '../rule';

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
      if (discriminator === undefined) return;
      const at = spec.version === '2.0' ? discriminator : discriminator.get('propertyName');
      const name = at?.string;
      // With alternatives, the property stands in each of them.
      if (at === undefined || name === undefined || ['oneOf', 'anyOf', 'allOf'].some((key) => node.has(key)))
        return;
      const isDefined = node.get('properties')?.has(name) === true;
      const isRequired = node.childrenOf('required').some((one) => one.string === name);
      if (isDefined && isRequired) return;
      // Since 3.2 it can be left out, when the discriminator says what that means.
      if (isDefined && discriminator.has('defaultMapping')) return;
      const lack = isDefined ? 'not under `required`' : 'not under `properties`';
      report({
        at,
        on: 'value',
        message: `The data is told apart by \`${name}\`, so it has to be there always; it is ${lack}.`,
      });
    },
  },
});
