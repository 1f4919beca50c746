import { defineRule } from '../rule';

const isNew = (version: string): boolean => version === '3.1' || version === '3.2';

export const licenseAddress = defineRule({
  id: 'license-address',
  summary: 'A license says where its text is: by an address or an SPDX identifier, not by both.',
  why: 'A name alone (“Apache”) leaves open which version and which text. The specification allows one of the two ways.',
  severity: 'info',
  source: {
    guideline: 'OpenAPI Specification',
    ref: 'License Object',
    url: 'https://spec.openapis.org/oas/v3.1.1.html#license-object',
  },
  presets: ['strict', 'redocly-recommended'],
  bad: `info:
  title: Orders
  version: 1.0.0
  license: # want
    name: Apache
`,
  good: `info:
  title: Orders
  version: 1.0.0
  description: Orders of the shop.
  contact: { name: Shop team }
  license: { name: Apache 2.0, identifier: Apache-2.0 }
`,
  visit: {
    license(node, report, spec) {
      const identifier = node.get('identifier');
      if (identifier !== undefined && node.has('url'))
        report({ at: identifier, message: 'A license has an `identifier` or a `url`, not both.' });
      else if (identifier === undefined && !node.stringAt('url')?.trim())
        report({
          at: node,
          message: `Say which text is meant: with a \`url\`${isNew(spec.version) ? ' or an SPDX `identifier`' : ''}.`,
        });
    },
  },
});
