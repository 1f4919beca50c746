import { spanWithin } from '../edit';
import type { Report } from '../rule';
import type { Spec } from '../spec';
import type { TreeNode } from '../tree';
import { defineRule } from '../rule';

const reserved = /(?:^|[./@])((?:example\.(?:com|net|org))|localhost\.example)(?=$|[:/?#])/i;

function check(at: TreeNode | undefined, report: Report, spec: Spec): void {
  const text = at?.string;
  const found = text === undefined ? null : reserved.exec(text);
  const name = found?.[1];
  if (at === undefined || text === undefined || !found || name === undefined) return;
  const from = found.index + found[0].length - name.length;
  report({
    at,
    on: spanWithin(spec, at, text, [from, from + name.length]),
    message: `\`${name}\` is reserved for samples, and nothing answers there; name the host of this API.`,
  });
}

export const serverNotExample = defineRule({
  id: 'server-not-example',
  summary: 'No server is at example.com.',
  why: 'That name is reserved for documents: nothing answers there. It is mostly left over from the sample that the description began with.',
  severity: 'warning',
  source: {
    guideline: 'Redocly',
    ref: 'no-server-example.com',
    url: 'https://redocly.com/docs/cli/rules/oas/no-server-example.com',
  },
  presets: ['strict', 'redocly-recommended'],
  bad: `servers:
  - url: https://api.example.com/v1 # want
`,
  good: `servers:
  - url: https://api.orders.test/v1
`,
  visit: {
    server(node, report, spec) {
      check(node.get('url'), report, spec);
    },
    document(root, report, spec) {
      if (spec.version === '2.0') check(root.get('host'), report, spec);
    },
  },
});
