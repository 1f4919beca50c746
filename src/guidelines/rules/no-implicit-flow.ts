import { owasp } from '../guides';
import { defineRule } from '../rule';

export const noImplicitFlow = defineRule({
  id: 'no-implicit-flow',
  summary: 'OAuth is used without its implicit and password flows.',
  why: 'The implicit flow hands the token over in the address, the password flow hands the password to the program. RFC 9700 (section 2.1.2 and 2.4) advises against both; the authorization code with PKCE does without.',
  severity: 'info',
  source: owasp(2),
  presets: ['strict', 'owasp'],
  bad: `components:
  securitySchemes:
    login:
      type: oauth2
      flows:
        implicit: # want
          authorizationUrl: https://login.example.com/authorize
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
      if (node.key === 'implicit' || node.key === 'password')
        report({ at: node, message: messageFor(node.key) });
    },
    securityScheme(node, report) {
      const flow = node.get('flow');
      if (flow?.string === 'implicit' || flow?.string === 'password')
        report({ at: flow, on: 'value', message: messageFor(flow.string) });
    },
  },
});

function messageFor(flow: string): string {
  return flow === 'implicit'
    ? 'The implicit flow hands the token over in an address: use the authorization code with PKCE.'
    : 'This flow hands the user’s password to the program: use the authorization code with PKCE.';
}
