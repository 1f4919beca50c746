import { examplesOf, tellMisfits } from '../examples';
import type { TreeNode } from '../tree';
import { defineRule } from '../rule';

const isJson = /[/+]json\b/i;

/** XML, forms and the like are written as a text that a schema says nothing about. */
const isWritten = (mediaType: string, value: TreeNode): boolean =>
  isJson.test(mediaType) || value.actual.kind !== 'scalar';

export const mediaTypeExample = defineRule({
  id: 'media-type-example',
  summary: 'The examples of requests and responses fit their schemas.',
  why: 'Readers copy examples, and mock servers and tests send them. One that the schema forbids is refused by the real server.',
  severity: 'warning',
  source: {
    guideline: 'Redocly',
    ref: 'no-invalid-media-type-examples',
    url: 'https://redocly.com/docs/cli/rules/oas/no-invalid-media-type-examples',
  },
  presets: ['recommended', 'strict', 'spectral-oas', 'redocly-recommended'],
  bad: `paths:
  /orders:
    post:
      requestBody:
        content:
          application/json:
            schema:
              type: object
              properties: { count: { type: integer } }
            example:
              count: many # want
`,
  good: `components:
  requestBodies:
    Order:
      content:
        application/json:
          schema:
            type: object
            properties: { count: { type: integer } }
          example:
            count: 3
`,
  visit: {
    mediaType(node, report, spec) {
      const schema = node.get('schema');
      if (schema === undefined || !(node.has('example') || node.has('examples'))) return;
      for (const example of examplesOf(node, spec))
        if (isWritten(node.key ?? '', example.value))
          tellMisfits(example, schema, { report, spec, what: 'example' });
    },
    response(node, report, spec) {
      const schema = node.get('schema');
      if (spec.version !== '2.0' || schema === undefined) return;
      for (const value of node.childrenOf('examples'))
        if (isWritten(value.key ?? '', value))
          tellMisfits({ value }, schema, { report, spec, what: 'example' });
    },
  },
});
