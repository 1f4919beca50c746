import { defineRule } from '../rule';

export const discriminatorMapping = defineRule({
  id: 'discriminator-mapping',
  summary: 'The `mapping` of a discriminator leads to schemas that exist.',
  why: 'Data with that value has the schema that the mapping names. When there is none, a client can’t read it.',
  severity: 'error',
  source: {
    guideline: 'OpenAPI Specification',
    ref: 'Discriminator Object',
    url: 'https://spec.openapis.org/oas/v3.1.1.html#discriminator-object',
  },
  presets: ['recommended', 'strict'],
  bad: `components:
  schemas:
    Pet:
      type: object
      required: [kind]
      properties: { kind: { type: string } }
      discriminator:
        propertyName: kind
        mapping:
          cat: '#/components/schemas/Katze' # want
`,
  good: `components:
  schemas:
    Pet:
      type: object
      required: [kind]
      properties: { kind: { type: string } }
      discriminator:
        propertyName: kind
        mapping:
          cat: '#/components/schemas/Cat'
    Cat:
      type: object
`,
  wholeDocument: true,
  visit: {
    discriminator(node, report, spec) {
      for (const at of node.childrenOf('mapping')) {
        const target = at.string;
        if (target === undefined) continue;
        const isName = /^[\w.-]+$/.test(target) && !/\.(?:ya?ml|json)$/.test(target);
        const ref = isName ? `#/components/schemas/${target}` : target;
        if (!ref.startsWith('#/') || spec.resolve(ref) !== undefined) continue;
        report({
          at,
          on: 'value',
          message: `There is no schema \`${target}\`, so data of this kind can’t be read.`,
        });
      }
    },
  },
});
