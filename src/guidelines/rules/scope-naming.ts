import { zalando } from '../guides';
import { defineRule } from '../rule';

const form = /^(?:uid|[a-z][a-z\d-]*(?:\.[a-z][a-z\d-]*)?\.(?:read|write|all))$/;

export const scopeNaming = defineRule({
  id: 'scope-naming',
  summary: 'Scopes are called `application.resource.access`.',
  why: 'From `order-service.order.write` anyone can tell what a token may do and where, also in the list of a hundred services.',
  severity: 'info',
  source: zalando(225),
  presets: ['zalando'],
  bad: `components:
  securitySchemes:
    login:
      type: oauth2
      flows:
        clientCredentials:
          tokenUrl: https://login.example.com/token
          scopes:
            read_orders: Read orders # want
`,
  good: `components:
  securitySchemes:
    login:
      type: oauth2
      flows:
        clientCredentials:
          tokenUrl: https://login.example.com/token
          scopes:
            order-service.order.read: Read orders
`,
  visit: {
    oauthFlow(node, report) {
      for (const scope of node.childrenOf('scopes')) {
        if (form.test(scope.key ?? '')) continue;
        report({
          at: scope,
          message:
            'Call it `application.resource.access`, with `read`, `write` or `all` at the end, so that its name says what it allows.',
        });
      }
    },
  },
});
