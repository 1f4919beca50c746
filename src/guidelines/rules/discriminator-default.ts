import type { Spec } from '../spec';
import type { TreeNode } from '../tree';
import { defineRule } from '../rule';

interface Walk {
  readonly spec: Spec;
  readonly seen: Set<TreeNode>;
}

/** Whether data that keeps the schema always has the property; what can’t be followed is trusted. */
function requires(node: TreeNode | undefined, name: string, walk: Walk): boolean {
  const schema = walk.spec.deref(node);
  if (schema === undefined || walk.seen.has(schema)) return true;
  walk.seen.add(schema);
  if (schema.childrenOf('required').some((one) => one.string === name)) return true;
  if (schema.childrenOf('allOf').some((one) => requires(one, name, walk))) return true;
  return ['oneOf', 'anyOf'].some((key) => {
    const parts = schema.childrenOf(key);
    return parts.length > 0 && parts.every((one) => requires(one, name, walk));
  });
}

export const discriminatorDefault = defineRule({
  id: 'discriminator-default',
  summary: 'A discriminator whose property may be left out says which schema is meant then.',
  why: 'OpenAPI 3.2 allows data without the property. Without `defaultMapping` nobody knows which schema such data has.',
  severity: 'warning',
  source: {
    guideline: 'OpenAPI Specification',
    ref: 'Discriminator Object',
    url: 'https://spec.openapis.org/oas/v3.2.0.html#discriminator-object',
  },
  presets: ['recommended', 'strict', 'redocly-recommended'],
  bad: `openapi: 3.2.0
components:
  schemas:
    Pet:
      type: object
      discriminator: # want
        propertyName: kind
      properties:
        kind: { type: string }
`,
  good: `openapi: 3.2.0
components:
  schemas:
    Pet:
      type: object
      discriminator:
        propertyName: kind
        defaultMapping: '#/components/schemas/Pet'
      properties:
        kind: { type: string }
`,
  wholeDocument: true,
  visit: {
    'schema.discriminator'(node, report, spec) {
      const discriminator = node.get('discriminator')?.actual;
      const name = discriminator?.stringAt('propertyName');
      if (spec.version !== '3.2' || discriminator === undefined || name === undefined) return;
      if (discriminator.has('defaultMapping') || requires(node, name, { spec, seen: new Set() })) return;
      report({
        at: discriminator,
        message: `\`${name}\` can be left out; say in \`defaultMapping\` which schema is meant then.`,
      });
    },
  },
});
