import { spanWithin } from '../edit';
import { zalando } from '../guides';
import { pathItems, segmentsOf } from '../openapi';
import type { Report } from '../rule';
import { defineRule } from '../rule';
import type { Spec } from '../spec';
import type { TreeNode } from '../tree';

const message =
  '`api` tells a caller nothing, for there is nothing else here: let the host say it, as in `api.example.com`.';

function check(url: TreeNode | undefined, report: Report, spec: Spec): void {
  const found = /^(?:\w+:\/\/[^/]*)?\/(api)(?:\/|$)/.exec(url?.string ?? '');
  if (url?.string === undefined || found === null) return;
  const start = url.string.indexOf('/api', found[0].length - '/api/'.length) + 1;
  report({ at: url, on: spanWithin(spec, url, url.string, [start, start + 'api'.length]), message });
}

export const noApiBasePath = defineRule({
  id: 'no-api-base-path',
  summary: 'Addresses don’t begin with `/api`.',
  why: 'Callers of an API know that it is one. The word makes each address longer and says nothing; where pages and an API share a host, a host of its own keeps them apart better.',
  severity: 'info',
  source: zalando(135),
  presets: ['zalando'],
  bad: `servers:
  - url: https://shop.example.com/api # want
`,
  good: `servers:
  - url: https://api.example.com
`,
  wholeDocument: true,
  visit: {
    server(node, report, spec) {
      check(node.get('url'), report, spec);
    },
    paths(_node, report, spec) {
      if (spec.version === '2.0') check(spec.root.get('basePath'), report, spec);
      const first = pathItems(spec).find((item) => segmentsOf(item.key ?? '')[0]?.text === 'api');
      if (first?.keySpan !== undefined)
        report({
          at: first,
          on: spanWithin(spec, first.keySpan, first.key ?? '', [1, 1 + 'api'.length]),
          message,
        });
    },
  },
});
