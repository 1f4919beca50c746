import type { Report } from '../rule';
import type { TreeNode } from '../tree';
import { defineRule } from '../rule';

const flows = ['authorizationUrl', 'tokenUrl', 'refreshUrl', 'deviceAuthorizationUrl', 'openIdConnectUrl'];
const isMail = /^[^\s@]+@[^\s@]+$/;
/** A URI reference (RFC 3986) has no white space and none of these characters; relative ones are allowed. */
const noAddress = /[\s<>"\\^`{|}]/;

function checkAddresses(node: TreeNode, fields: readonly string[], report: Report): void {
  for (const field of fields) {
    const at = node.get(field);
    const text = at?.string;
    if (at === undefined || text === undefined || (text !== '' && !noAddress.test(text))) continue;
    report({
      at,
      on: 'value',
      message: text === '' ? `\`${field}\` is empty; it must be an address.` : `\`${text}\` is no address.`,
    });
  }
}

export const addressFormat = defineRule({
  id: 'address-format',
  summary: 'Addresses are addresses, and mail addresses are mail addresses.',
  why: 'They become links in documentation, and clients call them. A name or a sentence there leads nowhere.',
  severity: 'error',
  source: {
    guideline: 'OpenAPI Specification',
    ref: 'Schema',
    url: 'https://spec.openapis.org/oas/v3.1.1.html#schema',
  },
  presets: ['recommended', 'strict', 'spectral-oas', 'redocly-recommended'],
  bad: `info:
  title: Orders
  version: 1.0.0
  contact: { email: nobody at example.com } # want
`,
  good: `info:
  title: Orders
  version: 1.0.0
  description: Orders of the shop.
  contact: { email: shop@example.com }
`,
  visit: {
    info: (node, report) => checkAddresses(node, ['termsOfService'], report),
    contact(node, report) {
      checkAddresses(node, ['url'], report);
      const at = node.get('email');
      if (at?.string !== undefined && !isMail.test(at.string))
        report({ at, on: 'value', message: `\`${at.string}\` is no mail address.` });
    },
    license: (node, report) => checkAddresses(node, ['url'], report),
    externalDocs: (node, report) => checkAddresses(node, ['url'], report),
    securityScheme: (node, report) => checkAddresses(node, flows, report),
    oauthFlow: (node, report) => checkAddresses(node, flows, report),
  },
});
