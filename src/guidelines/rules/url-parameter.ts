import { owasp } from '../guides';
import { parametersNamed } from '../named';
import { defineRule } from '../rule';
import { wordsOf } from '../words';

const address = /(?:^| )(?:url|uri|href|redirect|callback|webhook|return to|next url|host|domain url|proxy)$/;

export const urlParameter = defineRule({
  id: 'url-parameter',
  summary: 'No address is taken from the query without need.',
  why: 'A service that fetches an address it is given fetches `http://169.254.169.254/` too, and shows an attacker what only it can see. One that redirects to it sends users to a stranger.',
  severity: 'hint',
  source: owasp(7),
  presets: ['owasp'],
  bad: `components:
  parameters:
    Target:
      name: callback_url # want
      in: query
      schema: { type: string }
`,
  good: `components:
  parameters:
    Target:
      name: target
      in: query
      schema: { type: string, enum: [shop, office] }
`,
  visit: {
    parameter: parametersNamed(
      ['query', 'path', 'header'],
      (name) => address.test(wordsOf(name).join(' ')),
      (parameter, report) => {
        if (parameter.get('schema')?.has('enum') === true) return;
        report({
          at: parameter.get('name') ?? parameter,
          on: 'value',
          message:
            'Check where this leads before you fetch it or send a user there: best against a list of what is allowed.',
        });
      },
    ),
  },
});
