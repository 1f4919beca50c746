import { replaceValue, spanWithin } from '../edit';
import { defineRule } from '../rule';
import type { Report } from '../rule';
import type { Spec } from '../spec';
import type { TreeNode } from '../tree';

function check(node: TreeNode | undefined, report: Report, spec: Spec): void {
  const text = node?.string;
  if (node === undefined || text === undefined || text.length < 2 || !text.endsWith('/')) return;
  report({
    at: node,
    on: spanWithin(spec, node, text, [text.length - 1, text.length]),
    message: 'Every path starts with a slash, so with this one addresses get two of them.',
    fix: {
      title: 'Remove the trailing slash',
      safe: true,
      edits: () => replaceValue(spec, node, text.replace(/\/+$/, '')),
    },
  });
}

export const serverTrailingSlash = defineRule({
  id: 'server-trailing-slash',
  summary: 'A server’s address does not end with a slash.',
  why: 'Addresses are made by putting the path behind the server’s address as it is: `https://api.example.com//orders` is another address, and many servers answer 404.',
  severity: 'warning',
  source: {
    guideline: 'OpenAPI Specification',
    ref: 'Paths Object',
    url: 'https://spec.openapis.org/oas/v3.1.1.html#paths-object',
  },
  fixable: true,
  presets: ['recommended', 'strict', 'spectral-oas', 'redocly-recommended'],
  bad: `servers:
  - url: https://api.example.com/ # want
`,
  good: `servers:
  - url: https://api.example.com
`,
  visit: {
    server: (node, report, spec) => check(node.get('url'), report, spec),
    document(root, report, spec) {
      if (spec.version === '2.0')
        for (const field of ['host', 'basePath']) check(root.get(field), report, spec);
    },
  },
});
