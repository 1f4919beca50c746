import { owasp } from '../guides';
import { defineRule } from '../rule';

const outdated = /^(?:negotiate|oauth|digest|hoba)$/i;

export const authSecureScheme = defineRule({
  id: 'auth-secure-scheme',
  summary: 'No scheme of authentication is outdated.',
  why: 'OAuth 1.0, Negotiate and Digest have known weaknesses, and their libraries are hardly cared for. OAuth 2 and OpenID Connect are what identity services and libraries keep safe today.',
  severity: 'warning',
  source: owasp(2),
  presets: ['strict', 'owasp'],
  bad: `components:
  securitySchemes:
    login:
      type: http
      scheme: negotiate # want
`,
  good: `components:
  securitySchemes:
    login:
      type: http
      scheme: bearer
`,
  visit: {
    securityScheme(node, report) {
      const scheme = node.get('scheme');
      if (scheme === undefined || !outdated.test(scheme.string ?? '')) return;
      report({
        at: scheme,
        on: 'value',
        message: `\`${scheme.string ?? ''}\` is outdated: take bearer tokens, as OAuth 2 gives them.`,
      });
    },
  },
});
