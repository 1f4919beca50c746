import { responsesOf, schemasOf } from '../openapi';
import { defineRule } from '../rule';
import type { Spec } from '../spec';
import { namesFor, statusNames } from '../status-names';
import type { TreeNode } from '../tree';

const names = statusNames(['4XX title', '5XX title'], 'property');

interface Body {
  readonly response: TreeNode;
  readonly schema: TreeNode;
  readonly asked: readonly string[];
}

/** What an object lacks, told of at its properties; of one that stands elsewhere at the reference. */
function missing(
  { response, schema, asked }: Body,
  spec: Spec,
): readonly { readonly at: TreeNode; readonly name: string }[] {
  const found = spec.deref(schema);
  if (found?.stringAt('type') !== 'object') return [];
  const properties = found.get('properties');
  const reference = [response, schema].find((one) => one.has('$ref'));
  const at = reference ?? properties ?? schema;
  return asked.filter((name) => properties?.has(name) !== true).map((name) => ({ at, name }));
}

export const responseHasProperties = defineRule({
  id: 'response-has-properties',
  summary: 'The bodies of responses have the properties that are asked of their status.',
  why: 'What every answer of a kind has, callers read in one place. Where one lacks it, that place fails.',
  severity: 'hint',
  source: {
    guideline: 'Redocly',
    ref: 'response-contains-property',
    url: 'https://redocly.com/docs/cli/rules/oas/response-contains-property',
  },
  options: [names],
  presets: [],
  bad: `paths:
  /orders:
    get:
      operationId: listOrders
      responses:
        '400':
          description: The query is wrong
          content:
            application/json:
              schema: # want
                type: object
`,
  good: `paths:
  /orders:
    get:
      operationId: listOrders
      summary: List orders
      responses:
        '200': { description: The orders }
        '400':
          description: The query is wrong
          content:
            application/problem+json:
              schema:
                type: object
                properties: { title: { type: string } }
`,
  visit: {
    operation(node, report, spec, options) {
      for (const { code, node: response } of responsesOf(node)) {
        const asked = code === '204' ? [] : namesFor(code, options.get(names));
        if (asked.length === 0) continue;
        for (const schema of schemasOf(spec.deref(response)))
          for (const { at, name } of missing({ response, schema, asked }, spec))
            report({ at, message: `The body of a response of ${code} has to have \`${name}\`.` });
      }
    },
  },
});
