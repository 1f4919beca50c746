import { spanWithin } from '../edit';
import type { Report } from '../rule';
import type { Spec } from '../spec';
import type { TreeNode } from '../tree';
import type { OptionValues } from '../option';
import { flagOption } from '../option';
import { defineRule } from '../rule';

const reserved = /(?:^|[./@])((?:example\.(?:com|net|org))|localhost\.example)(?=$|[:/?#])/i;
const reservedOrOwn = /(?:^|[./@])((?:example\.(?:com|net|org))|localhost(?:\.example)?)(?=$|[:/?#])/i;

const patternFor = (options: OptionValues): RegExp => (options.get(withLocalhost) ? reservedOrOwn : reserved);
const withLocalhost = flagOption('localhost', false, 'Whether `localhost` counts as well.');

interface Place {
  readonly at: TreeNode | undefined;
  readonly pattern: RegExp;
}

function check({ at, pattern }: Place, report: Report, spec: Spec): void {
  const text = at?.string;
  const found = text === undefined ? null : pattern.exec(text);
  const name = found?.[1];
  if (at === undefined || text === undefined || !found || name === undefined) return;
  const from = found.index + found[0].length - name.length;
  report({
    at,
    on: spanWithin(spec, at, text, [from, from + name.length]),
    message: `\`${name}\` ${name === 'localhost' ? 'is the reader’s own machine' : 'is reserved for samples, and nothing answers there'}; name the host of this API.`,
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
  options: [withLocalhost],
  bad: `servers:
  - url: https://api.example.com/v1 # want
`,
  good: `servers:
  - url: https://api.orders.test/v1
`,
  visit: {
    server(node, report, spec, options) {
      check({ at: node.get('url'), pattern: patternFor(options) }, report, spec);
    },
    document(root, report, spec, options) {
      if (spec.version === '2.0') check({ at: root.get('host'), pattern: patternFor(options) }, report, spec);
    },
  },
});
