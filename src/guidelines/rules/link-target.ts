import { fact } from '../fact';
import { operationIds } from '../operation-names';
import type { Spec } from '../spec';
import { meantBy } from '../words';
import { defineRule } from '../rule';

/** With path items in other files, the operation may stand there. */
const isAlone = fact((spec: Spec): boolean =>
  spec.root.childrenOf('paths').every((item) => {
    const ref = item.get('$ref')?.string;
    return ref === undefined || ref.startsWith('#') || spec.resolve(ref, item) !== undefined;
  }),
);

export const linkTarget = defineRule({
  id: 'link-target',
  summary: 'A link names one operation that exists: by its id or by a reference.',
  why: 'A link tells a client which call comes next. With two targets, none, or one that is not there, it can’t be followed.',
  severity: 'error',
  source: {
    guideline: 'OpenAPI Specification',
    ref: 'Link Object',
    url: 'https://spec.openapis.org/oas/v3.1.1.html#link-object',
  },
  presets: ['recommended', 'strict'],
  bad: `components:
  links:
    next:
      operationId: getNothing # want
`,
  good: `paths:
  /orders:
    get:
      operationId: listOrders
      summary: List orders
      responses:
        '200':
          description: The orders
          links:
            next: { operationId: listOrders }
        '400': { description: The query is wrong }
`,
  wholeDocument: true,
  visit: {
    link(node, report, spec) {
      const at = node.get('operationId');
      const id = at?.string;
      if (at === undefined && !node.has('operationRef'))
        report({ at: node, message: 'Name the operation that this link leads to, with `operationId`.' });
      else if (at !== undefined && node.has('operationRef'))
        report({ at, message: '`operationRef` names the operation already; keep one of the two.' });
      else if (at !== undefined && id !== undefined && !operationIds(spec).has(id) && isAlone(spec)) {
        const meant = meantBy(id, operationIds(spec).keys());
        const hint = meant === undefined ? '' : ` Did you mean \`${meant}\`?`;
        report({ at, on: 'value', message: `No operation is called \`${id}\`.${hint}` });
      }
    },
  },
});
