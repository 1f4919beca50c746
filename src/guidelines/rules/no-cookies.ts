import { lyst } from '../guides';
import { defineRule } from '../rule';

const message = 'A cookie keeps state between calls, and browsers send it unasked: take a token in a header.';

export const noCookies = defineRule({
  id: 'no-cookies',
  summary: 'No call hangs on a cookie.',
  why: 'Each request says all that is needed to answer it, so that any server can answer any of them. Cookies tie calls together, and a browser sends them along for other sites’ pages too.',
  severity: 'info',
  source: lyst('Statelessness'),
  presets: ['lyst'],
  bad: `components:
  securitySchemes:
    session:
      type: apiKey
      name: sid
      in: cookie # want
`,
  good: `components:
  securitySchemes:
    session:
      type: http
      scheme: bearer
`,
  visit: {
    securityScheme(node, report) {
      const place = node.get('in');
      if (place?.string === 'cookie') report({ at: place, on: 'value', message });
    },
    parameter(node, report) {
      const place = node.get('in');
      if (place?.string === 'cookie') report({ at: place, on: 'value', message });
    },
    response(node, report) {
      const header = node.childrenOf('headers').find((one) => one.key?.toLowerCase() === 'set-cookie');
      if (header !== undefined) report({ at: header, message });
    },
  },
});
