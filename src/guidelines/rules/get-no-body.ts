import { methodOf, parametersOf, schemasOf } from '../openapi';
import { defineRule } from '../rule';
import type { Spec } from '../spec';
import type { TreeNode } from '../tree';

const bodiless: ReadonlySet<string> = new Set(['get', 'head', 'delete']);

/** Some generators write a body without any content for every operation. */
function isEmpty(body: TreeNode, spec: Spec): boolean {
  const schemas = schemasOf(body).map((schema) => spec.deref(schema));
  return body.get('required')?.value !== true && schemas.every((schema) => isEmptyObject(schema));
}

function isEmptyObject(schema: TreeNode | undefined): boolean {
  if (schema === undefined || ['allOf', 'anyOf', 'oneOf'].some((key) => schema.has(key))) return false;
  return schema.childrenOf('properties').length === 0 && schema.stringAt('type') === 'object';
}

function bodyOf(operation: TreeNode, spec: Spec): TreeNode | undefined {
  if (spec.version !== '2.0') {
    const body = spec.deref(operation.get('requestBody'));
    return body === undefined || isEmpty(body, spec) ? undefined : operation.get('requestBody');
  }
  const isBody = (one: TreeNode | undefined): boolean => one?.stringAt('in') === 'body';
  if (!parametersOf(operation, spec).some(isBody)) return undefined;
  const own = operation.childrenOf('parameters').find((one) => isBody(spec.deref(one)));
  return own?.get('$ref') ?? own?.get('name') ?? own ?? operation;
}

export const getNoBody = defineRule({
  id: 'get-no-body',
  summary: 'GET, HEAD and DELETE take no request body.',
  why: 'HTTP gives such a body no meaning: proxies drop it, caches don’t see it, and many clients can’t send it. Parameters go into the query; a search that is too big for it is a POST.',
  severity: 'warning',
  source: {
    guideline: 'RFC 9110',
    ref: '9.3.1',
    url: 'https://www.rfc-editor.org/rfc/rfc9110.html#section-9.3.1',
  },
  presets: ['recommended', 'strict', 'google'],
  bad: `paths:
  /orders:
    get:
      operationId: listOrders
      requestBody: # want
        content:
          application/json:
            schema: { type: string }
`,
  good: `paths:
  /orders:
    get:
      operationId: listOrders
      summary: List orders
      parameters:
        - { name: state, in: query, schema: { type: string } }
      responses:
        '200': { description: The orders }
        '400': { description: The query is wrong }
`,
  wholeDocument: true,
  visit: {
    operation(node, report, spec) {
      const method = methodOf(node) ?? '';
      if (!bodiless.has(method)) return;
      const body = bodyOf(node, spec);
      if (body !== undefined)
        report({
          at: body,
          on: body.kind === 'scalar' ? 'value' : 'key',
          message: `HTTP gives the body of a ${method.toUpperCase()} request no meaning, and clients and proxies drop it: use the query.`,
        });
    },
  },
});
