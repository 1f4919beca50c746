import { heroku } from '../guides';
import { mediaTypesOf, isJson } from '../responses';
import { defineRule } from '../rule';
import type { Spec } from '../spec';
import type { TreeNode } from '../tree';

function hasExample(mediaType: TreeNode, spec: Spec): boolean {
  const schema = spec.deref(mediaType.get('schema'));
  // What can't be seen here may have one.
  if (schema === undefined) return true;
  return (
    [mediaType, schema].some((one) => one.has('example') || one.has('examples') || one.has('x-examples')) ||
    partsHave(schema, spec)
  );
}

/** Examples of its properties, or of what it is put together from, make one of the whole. */
function partsHave(schema: TreeNode, spec: Spec): boolean {
  const parts = [
    ...schema.childrenOf('properties'),
    ...['allOf', 'oneOf', 'anyOf'].flatMap((key) => schema.childrenOf(key)),
  ];
  return parts.some((part) => {
    const found = spec.deref(part);
    return (
      found === undefined ||
      ['example', 'examples', 'default', 'enum', 'const', 'properties'].some((key) => found.has(key))
    );
  });
}

export const requestExample = defineRule({
  id: 'request-example',
  summary: 'A body that callers send has an example.',
  why: 'Most people call an API for the first time with a copied example. Where there is none, they put one together from the schema, and ask you when it fails.',
  severity: 'hint',
  source: heroku('artifacts', 'Provide executable examples'),
  presets: ['heroku', 'lyst'],
  bad: `components:
  requestBodies:
    Order:
      content:
        application/json: # want
          schema: { type: object, properties: { sku: { type: string } } }
`,
  good: `components:
  requestBodies:
    Order:
      content:
        application/json:
          schema: { type: object, properties: { sku: { type: string } } }
          example: { sku: A-1041 }
`,
  wholeDocument: true,
  visit: {
    requestBody(node, report, spec) {
      // What this API itself sends to others nobody copies.
      if (node.path.some((key) => key === 'webhooks' || key === 'callbacks')) return;
      for (const type of mediaTypesOf(node))
        if (isJson(type.key ?? '') && type.has('schema') && !hasExample(type, spec))
          report({
            at: type,
            message: 'Give an example of this body: it is what people copy for their first call.',
          });
    },
  },
});
