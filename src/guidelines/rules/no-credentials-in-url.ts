import { owasp } from '../guides';
import { parametersNamed } from '../named';
import { defineRule } from '../rule';
import { wordsOf } from '../words';

const secret =
  /(?:^| )(?:password|passwd|secret|client secret|api ?key|access token|refresh token|id token|auth token|bearer|credentials?|private key)$|^(?:token|jwt|pwd|apikey)$/;

export const noCredentialsInUrl = defineRule({
  id: 'no-credentials-in-url',
  summary: 'No password, token or key is part of an address.',
  why: 'Addresses are kept: in logs of servers and proxies, in histories, in the `Referer` to other sites. What is secret goes into a header or the body, which are not.',
  severity: 'warning',
  source: owasp(2),
  presets: ['strict', 'owasp', 'lyst'],
  bad: `components:
  parameters:
    Token:
      name: access_token # want
      in: query
      schema: { type: string }
`,
  good: `components:
  parameters:
    Cursor:
      name: page_token
      in: query
      schema: { type: string }
`,
  visit: {
    parameter: parametersNamed(
      ['query', 'path'],
      (name) => secret.test(wordsOf(name).join(' ')),
      (parameter, report) => {
        report({
          at: parameter.get('name') ?? parameter,
          on: 'value',
          message: 'Addresses end up in logs and histories: take this in a header or in the body.',
        });
      },
    ),
  },
});
