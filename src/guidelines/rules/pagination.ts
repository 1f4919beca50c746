import { isClass } from '../http';
import { methodOf, parametersOf, pathOf, responsesOf, schemasOf } from '../openapi';
import { defineRule } from '../rule';
import type { Spec } from '../spec';
import type { TreeNode } from '../tree';

/** Words in the names of parameters that choose a part of a list: `page_size`, `startingAfter`, `nextToken`, `$top`. */
const pagingWord =
  /(?:^|[^a-z])(?:page|paging|per[_-]?page|cursor|limit|offset|size|count|max|first|last|top|skip|start|after|before|since|until|marker|token|continue|range)(?:$|[^a-z])/i;

function isPaging(parameter: TreeNode | undefined): boolean {
  const name = (parameter?.stringAt('name') ?? '').replaceAll(/([a-z\d])([A-Z])/g, '$1_$2');
  return pagingWord.test(name);
}

/** A list with no end: a bare array without `maxItems`. */
function isUnboundedList(schema: TreeNode | undefined): boolean {
  const type = schema?.get('type')?.actual;
  const isArray = type?.string === 'array' || type?.children.some((one) => one.string === 'array') === true;
  return isArray && schema?.has('maxItems') === false;
}

function answersWithList(operation: TreeNode, spec: Spec): boolean {
  return responsesOf(operation).some(({ code, node }) => {
    const response = isClass(code, 2) ? spec.deref(node) : undefined;
    const linked =
      response?.childrenOf('headers').some((header) => header.key?.toLowerCase() === 'link') === true;
    return !linked && schemasOf(response).some((schema) => isUnboundedList(spec.deref(schema)));
  });
}

export const pagination = defineRule({
  id: 'pagination',
  summary: 'Lists are given in pages.',
  why: 'A list that is short today is long in a year, and then one request brings down the service or its caller. Pages added later break every client; from the start they cost nothing.',
  severity: 'info',
  source: {
    guideline: 'Lyst API Design Best Practices',
    ref: 'Pagination',
    url: 'https://github.com/lyst/MakingLyst/blob/master/api-best-practices/README.md#pagination',
  },
  presets: ['recommended', 'strict', 'lyst', 'zalando', 'google'],
  bad: `paths:
  /orders:
    get: # want
      operationId: listOrders
      responses:
        '200':
          description: All orders
          content:
            application/json:
              schema:
                type: array
                items: { type: object }
`,
  good: `paths:
  /orders:
    get:
      operationId: listOrders
      summary: List orders
      parameters:
        - { name: cursor, in: query, schema: { type: string } }
      responses:
        '200':
          description: One page of orders
          content:
            application/json:
              schema:
                type: object
                properties:
                  next: { type: string, format: uri }
                  results:
                    type: array
                    items: { type: object }
        '400': { description: The cursor is wrong }
`,
  wholeDocument: true,
  visit: {
    operation(node, report, spec) {
      if (methodOf(node) !== 'get' || pathOf(node) === undefined) return;
      const parameters = parametersOf(node, spec);
      if (parameters.includes(undefined) || parameters.some(isPaging) || !answersWithList(node, spec)) return;
      report({
        at: node,
        message:
          'This list has no end and no pages: take a cursor or a page in the query, or bound it with `maxItems`.',
      });
    },
  },
});
