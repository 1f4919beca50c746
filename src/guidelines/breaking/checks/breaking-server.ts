import type { TreeNode } from '../../tree';
import { defineBreaking } from '../check';

interface Address {
  readonly url: string;
  readonly node: TreeNode;
}

function addressesOf(root: TreeNode): readonly Address[] {
  const host = root.get('host') ?? root.get('basePath');
  if (host !== undefined) {
    const url = (root.stringAt('host') ?? '') + (root.stringAt('basePath') ?? '');
    return [{ url: trimmed(url), node: host }];
  }
  return root.childrenOf('servers').map((node) => ({ url: trimmed(node.stringAt('url') ?? ''), node }));
}

const trimmed = (url: string): string => url.replace(/\/+$/, '');

export const breakingServer = defineBreaking({
  id: 'breaking-server',
  summary: 'The addresses at which callers find the API stay.',
  why: 'Callers keep an address in their configuration, and generated clients in their code: at the old one nobody answers.',
  severity: 'warning',
  before: `servers:
  - url: https://api.example.com/v1
paths: {}
`,
  bad: `servers: # want
  - url: https://api.example.com/v2
paths: {}
`,
  good: `servers:
  - url: https://api.example.com/v2
  - url: https://api.example.com/v1
paths: {}
`,
  compare: {
    document({ before, after }, tell) {
      if (before === undefined || after === undefined) return;
      const now = new Set(addressesOf(after).map((one) => one.url));
      const at = after.get('servers') ?? after.get('host') ?? after.get('basePath') ?? after;
      for (const { url, node } of addressesOf(before))
        if (!now.has(url))
          tell({
            at,
            message: `The server \`${url}\` is no longer listed: callers that use it may find nobody there.`,
            old: node,
          });
    },
  },
});
