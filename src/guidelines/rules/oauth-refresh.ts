import { owasp } from '../guides';
import { defineRule } from '../rule';

/** Flows with a user, in which a new token would mean a new login; RFC 6749, section 4.4.3, gives none to machines. */
const withUser: ReadonlySet<string> = new Set(['authorizationCode', 'password', 'deviceAuthorization']);

export const oauthRefresh = defineRule({
  id: 'oauth-refresh',
  summary: 'OAuth flows of users can renew their tokens.',
  why: 'A token that can be renewed can be short-lived: stolen, it is worth little. Without a refresh address, tokens are made to last, or users log in again and again.',
  severity: 'info',
  source: owasp(2),
  presets: ['owasp'],
  bad: `components:
  securitySchemes:
    login:
      type: oauth2
      flows:
        authorizationCode: # want
          authorizationUrl: https://login.example.com/authorize
          tokenUrl: https://login.example.com/token
          scopes: {}
`,
  good: `components:
  securitySchemes:
    login:
      type: oauth2
      flows:
        authorizationCode:
          authorizationUrl: https://login.example.com/authorize
          tokenUrl: https://login.example.com/token
          refreshUrl: https://login.example.com/token
          scopes: {}
`,
  visit: {
    oauthFlow(node, report) {
      if (!withUser.has(node.key ?? '') || node.has('refreshUrl')) return;
      report({
        at: node,
        message: 'Name a `refreshUrl`, so that tokens can be short-lived without a new login for each.',
      });
    },
  },
});
