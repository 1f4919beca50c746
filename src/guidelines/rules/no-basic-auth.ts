import { owasp } from '../guides';
import { defineRule } from '../rule';

export const noBasicAuth = defineRule({
  id: 'no-basic-auth',
  summary: 'Callers don’t prove who they are with a password in each request.',
  why: 'With HTTP Basic the password itself travels and is stored with each program. It can’t be limited, does not run out, and to take it from one program is to change it for all. A token can be all that.',
  severity: 'warning',
  source: owasp(2),
  presets: ['strict', 'owasp'],
  bad: `components:
  securitySchemes:
    login:
      type: http
      scheme: basic # want
`,
  good: `components:
  securitySchemes:
    login:
      type: http
      scheme: bearer
`,
  visit: {
    securityScheme(node, report) {
      const type = node.get('type');
      const scheme = type?.string === 'basic' ? type : node.get('scheme');
      if (scheme?.string?.toLowerCase() !== 'basic') return;
      report({
        at: scheme,
        on: 'value',
        message:
          'With Basic, the password travels with each call and lies in each program: take tokens that run out, as with OAuth 2.',
      });
    },
  },
});
