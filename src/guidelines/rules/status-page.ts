import { lyst } from '../guides';
import { defineRule } from '../rule';
import type { TreeNode } from '../tree';

const mention = /\bstatus[- ]?page|\/\/[\w-]*status[\w-]*\.|\/status\b|\buptime\b|\bservice status\b/i;

function isPublic(root: TreeNode): boolean {
  const host = root.stringAt('host') ?? '';
  const urls = root.childrenOf('servers').map((server) => server.stringAt('url') ?? '');
  return [host === '' ? '' : `https://${host}`, ...urls].some((url) =>
    /^https:\/\/(?!localhost|[^/]*\.(?:local|internal|test)\b)[^/]*\.[a-z]{2,}/i.test(url),
  );
}

function texts(root: TreeNode): readonly string[] {
  const info = root.get('info');
  const docs = root.get('externalDocs');
  const links = [...root.children, ...(info?.children ?? [])].filter(({ key }) =>
    /^x-.*status/i.test(key ?? ''),
  );
  if (links.length > 0) return ['status page'];
  return [info?.stringAt('description'), docs?.stringAt('url'), docs?.stringAt('description')].map(
    (text) => text ?? '',
  );
}

export const statusPage = defineRule({
  id: 'status-page',
  summary: 'A public API says where its status can be seen.',
  why: 'When calls fail, a client’s team asks first whether it is them or you. A status page, on other servers than the API’s, answers before they write to you.',
  severity: 'hint',
  source: lyst('Status website'),
  presets: ['lyst'],
  bad: `info: # want
  title: Orders
  version: 1.0.0
  description: Orders of the shop.
servers:
  - url: https://api.example.com
`,
  good: `info:
  title: Orders
  version: 1.0.0
  description: Orders of the shop. See https://status.example.com for its status.
  contact: { name: Shop team }
servers:
  - url: https://api.example.com
`,
  wholeDocument: true,
  visit: {
    info(info, report, spec) {
      const { root } = spec;
      if (info.parent !== root || !isPublic(root) || texts(root).some((text) => mention.test(text))) return;
      report({
        at: info,
        message:
          'Say in the description where a caller can see whether the API is up: a link to its status page.',
      });
    },
  },
});
