import { owasp } from '../guides';
import { pathOf, segmentsOf } from '../openapi';
import { remembered } from '../remembered';
import { defineRule } from '../rule';
import type { Spec } from '../spec';
import type { TreeNode } from '../tree';

const isAdmin = remembered((path: string): boolean =>
  segmentsOf(path).some(({ text }) => /^admins?$|^admin[-_]/i.test(text)),
);

const schemesOf = (security: TreeNode | undefined): readonly string[] =>
  (security?.actual.children ?? []).flatMap((one) =>
    one.children.map((scheme) => `${scheme.key ?? ''} ${scheme.source}`),
  );

export const adminSecurityUnique = defineRule({
  id: 'admin-security-unique',
  summary: 'Administration asks for more than the rest of the API does.',
  why: 'Who can call one path tries the next: `/users`, `/admin/users`. With the same token and no scope of its own, one forgotten check makes everyone an administrator.',
  severity: 'warning',
  source: owasp(5),
  presets: ['strict', 'owasp'],
  bad: `security: [{ token: [] }]
paths:
  /admin/users:
    get: # want
      operationId: listUsers
      responses: {}
`,
  good: `security: [{ token: [] }]
paths:
  /admin/users:
    get:
      operationId: listUsers
      summary: List users
      security: [{ staff: [] }]
      responses:
        '204': { description: There are none }
        '401': { description: The token is missing }
components:
  securitySchemes:
    token: { type: http, scheme: bearer }
    staff: { type: http, scheme: bearer }
`,
  wholeDocument: true,
  visit: {
    operation(node, report, spec) {
      if (!isAdmin(pathOf(node) ?? '')) return;
      if (asksMore(node, spec)) return;
      report({
        at: node.get('security') ?? node,
        message: 'Administration should need another scheme, or a scope, than the rest of the API.',
      });
    },
  },
});

/** Whether an operation names a scheme or a scope that the document as a whole does not ask for. */
function asksMore(operation: TreeNode, spec: Spec): boolean {
  const usual = schemesOf(spec.root.get('security'));
  const own = schemesOf(operation.get('security'));
  return own.length > 0 && own.every((scheme) => !usual.includes(scheme));
}
