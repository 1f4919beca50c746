import { replaceValue, spanWithin } from '../edit';
import { defineRule } from '../rule';
import type { Report } from '../rule';
import type { Spec } from '../spec';
import type { TreeNode } from '../tree';

const plain = /^http:\/\/([^/:?#]*)/i;
const localHost =
  /^(?:localhost|[^.]*|127\.[\d.]+|10\.[\d.]+|192\.168\.[\d.]+|0\.0\.0\.0|\[.*)$|\.(?:local|localhost|internal|test|invalid)$/i;

function isPublic(host: string): boolean {
  return !localHost.test(host);
}

/** In Swagger 2.0 the schemes stand by themselves, at the root and at operations. */
function checkSchemes(holder: TreeNode, report: Report, spec: Spec): void {
  const host = spec.root.stringAt('host')?.split(':')[0] ?? '';
  if (spec.version !== '2.0' || !isPublic(host)) return;
  for (const scheme of holder.childrenOf('schemes'))
    if (scheme.string === 'http' || scheme.string === 'ws')
      report({
        at: scheme,
        message: `\`${scheme.string}\` sends keys and data over the network for all to read; offer https alone.`,
      });
}

export const serverHttps = defineRule({
  id: 'server-https',
  summary: 'Servers are reached over TLS, except on one’s own machine.',
  why: 'Over plain HTTP, tokens and data can be read and changed on the way. A redirect does not help: the first request has already told them.',
  severity: 'warning',
  source: {
    guideline: 'Lyst API Design Best Practices',
    ref: 'Protocols',
    url: 'https://github.com/lyst/MakingLyst/blob/master/api-best-practices/README.md#protocols',
  },
  fixable: true,
  presets: ['recommended', 'strict', 'lyst', 'heroku', 'owasp'],
  bad: `servers:
  - url: http://api.example.com # want
`,
  good: `servers:
  - url: https://api.example.com
  - url: http://localhost:8000
`,
  visit: {
    server(node, report, spec) {
      const url = node.get('url');
      const text = url?.string;
      const found = plain.exec(text ?? '');
      if (url === undefined || text === undefined || !found || !isPublic(found[1] ?? '')) return;
      report({
        at: url,
        on: spanWithin(spec, url, text, [0, 'http'.length]),
        message: 'Plain HTTP sends keys and data over the network for all to read; use https.',
        fix: {
          title: 'Use https',
          safe: false,
          edits: () => replaceValue(spec, url, `https${text.slice('http'.length)}`),
        },
      });
    },
    document: checkSchemes,
    operation: checkSchemes,
  },
});
