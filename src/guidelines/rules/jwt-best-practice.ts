import { owasp } from '../guides';
import { defineRule } from '../rule';

export const jwtBestPractice = defineRule({
  id: 'jwt-best-practice',
  summary: 'A scheme with JSON Web Tokens says that it follows RFC 8725.',
  why: 'Libraries have let through tokens with `alg: none`, or with a public key taken as a shared one. RFC 8725 lists what to check; that it is named shows that somebody did.',
  severity: 'info',
  source: owasp(2),
  presets: ['owasp'],
  bad: `components:
  securitySchemes:
    token: # want
      type: http
      scheme: bearer
      bearerFormat: JWT
`,
  good: `components:
  securitySchemes:
    token:
      type: http
      scheme: bearer
      bearerFormat: JWT
      description: Tokens are checked as RFC 8725 asks.
`,
  visit: {
    securityScheme(node, report) {
      const usesJwt = node.stringAt('type') === 'oauth2' || /jwt/i.test(node.stringAt('bearerFormat') ?? '');
      if (!usesJwt || /RFC\s?-?8725/i.test(node.stringAt('description') ?? '')) return;
      report({
        at: node,
        message:
          'Say in the description that tokens are checked as RFC 8725 asks, so that whoever builds this reads it.',
      });
    },
  },
});
