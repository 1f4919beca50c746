import { spanWithin } from '../edit';
import { zalando } from '../guides';
import { defineRule } from '../rule';
import type { Report } from '../rule';
import type { Spec } from '../spec';
import type { TreeNode } from '../tree';

const version = /\/v\d+(?:[._]\d+)*(?=\/|$)/i;

function check(url: TreeNode | undefined, report: Report, spec: Spec): void {
  const text = url?.string ?? '';
  const found = version.exec(text.replace(/^\w+:\/\/[^/]*/, (host) => ' '.repeat(host.length)));
  if (url === undefined || found === null) return;
  report({
    at: url,
    on: spanWithin(spec, url, text, [found.index + 1, found.index + found[0].length]),
    message:
      'With the version in its address, each thing gets a new address with each version: carry it in a media type or a header.',
  });
}

export const serverNoVersion = defineRule({
  id: 'server-no-version',
  summary: 'The version of the API is not part of its servers’ addresses.',
  why: 'Clients keep links. When a new version moves everything to other addresses, all of those go stale at once. Compatible changes need no version, and others can be asked for in a header.',
  severity: 'info',
  source: zalando(115),
  // Guides disagree: AIP-185 asks for it.
  presets: ['zalando', 'lyst'],
  bad: `servers:
  - url: https://api.example.com/v1 # want
`,
  good: `servers:
  - url: https://api.example.com
`,
  visit: {
    server(node, report, spec) {
      check(node.get('url'), report, spec);
    },
    document(node, report, spec) {
      if (spec.version === '2.0') check(node.get('basePath'), report, spec);
    },
  },
});
