import { aip } from '../guides';
import { pathItems } from '../openapi';
import { defineRule } from '../rule';
import type { TreeNode } from '../tree';

const version = /(?:^|\/)v\d+(?:(?:alpha|beta)\d*|p\d+\w*)?(?:\/|$)/i;

/** The address of a server as it is when nobody chooses otherwise. */
function usualAddress(server: TreeNode): string {
  const variables = server.get('variables')?.actual;
  const url = server.stringAt('url') ?? '';
  return url.replace(/\{([^{}]*)\}/g, (written, name: string) => {
    const usual = variables?.get(name)?.actual.get('default')?.value ?? undefined;
    return usual === undefined ? written : String(usual);
  });
}

export const pathVersion = defineRule({
  id: 'path-version',
  summary: 'The major version of the API stands in its addresses: `/v1/…`.',
  why: 'Two versions can then run side by side, and each log line, link and rule of a gateway tells which it is, without a look at headers.',
  severity: 'info',
  source: aip(185),
  // Guides disagree: Zalando 115 forbids it.
  presets: ['google'],
  bad: `servers:
  - url: https://orders.example.com
paths: # want
  /orders: {}
`,
  good: `servers:
  - url: https://orders.example.com/v1
paths:
  /orders: {}
`,
  wholeDocument: true,
  visit: {
    paths(paths, report, spec) {
      const { root } = spec;
      const bases = [root.stringAt('basePath') ?? '', ...root.childrenOf('servers').map(usualAddress)];
      const items = pathItems(spec);
      if (items.length === 0 || bases.some((base) => version.test(base))) return;
      if (items.some((item) => version.test(item.key ?? ''))) return;
      report({
        at: paths,
        message:
          'Put the major version into the address, as in `https://orders.example.com/v1`, so that two can run side by side.',
      });
    },
  },
});
