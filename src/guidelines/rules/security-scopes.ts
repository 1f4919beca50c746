import { fact } from '../fact';
import { zalando } from '../guides';
import { securitySchemes } from '../openapi';
import { defineRule } from '../rule';
import type { Spec } from '../spec';

/** Schemes that know scopes. */
const scoped = fact(
  (spec: Spec): ReadonlySet<string> =>
    new Set(
      securitySchemes(spec).flatMap((one) =>
        /^(?:oauth2|openIdConnect)$/.test(spec.deref(one)?.stringAt('type') ?? '') ? [one.key ?? ''] : [],
      ),
    ),
);

export const securityScopes = defineRule({
  id: 'security-scopes',
  summary: 'A call that needs OAuth names the scopes it needs.',
  why: 'Without scopes every token may do everything, and the one that a report tool holds can delete orders. Named ones are also what a client asks for when it logs in.',
  severity: 'info',
  source: zalando(105),
  presets: ['strict', 'zalando', 'owasp'],
  bad: `security:
  - login: [] # want
components:
  securitySchemes:
    login: { type: oauth2, flows: { clientCredentials: { tokenUrl: 'https://login.example.com/token', scopes: {} } } }
`,
  good: `security:
  - login: [orders.read]
components:
  securitySchemes:
    login:
      type: oauth2
      flows:
        clientCredentials: { tokenUrl: 'https://login.example.com/token', scopes: { orders.read: Read orders } }
`,
  wholeDocument: true,
  visit: {
    securityRequirement(node, report, spec) {
      for (const scheme of node.children)
        if (scheme.kind === 'list' && scheme.children.length === 0 && scoped(spec).has(scheme.key ?? ''))
          report({
            at: scheme,
            message: 'Name the scopes that this needs: without, every token may do everything.',
          });
    },
  },
});
