import { zalando } from '../guides';
import { defineRule } from '../rule';

export const noContentLocation = defineRule({
  id: 'no-content-location',
  summary: 'Where something is, is told in `Location`, not in `Content-Location`.',
  why: '`Content-Location` says of which address the body is a copy, a fine point of caching that is mostly got wrong. `Location` says where to go.',
  severity: 'info',
  source: zalando(180),
  presets: ['zalando'],
  bad: `components:
  responses:
    Created:
      description: The order is taken
      headers:
        Content-Location: { schema: { type: string } } # want
`,
  good: `components:
  responses:
    Created:
      description: The order is taken
      headers:
        Location: { schema: { type: string } }
`,
  visit: {
    response(node, report) {
      const header = node.childrenOf('headers').find(({ key }) => key?.toLowerCase() === 'content-location');
      if (header !== undefined)
        report({
          at: header,
          message:
            'Use `Location`: what `Content-Location` means to caches is mostly not what is meant here.',
        });
    },
  },
});
