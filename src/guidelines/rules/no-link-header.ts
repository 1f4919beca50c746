import { zalando } from '../guides';
import { isJson, mediaTypesOf } from '../responses';
import { defineRule } from '../rule';

export const noLinkHeader = defineRule({
  id: 'no-link-header',
  summary: 'Links stand in the JSON, not in a `Link` header.',
  why: 'The header has a grammar of its own that hardly a client reads, and it can link only the whole answer. In the body a link is a field like any other.',
  severity: 'info',
  source: zalando(166),
  presets: ['zalando'],
  bad: `components:
  responses:
    Orders:
      description: Orders
      headers:
        Link: { schema: { type: string } } # want
      content:
        application/json: { schema: { type: object } }
`,
  good: `components:
  responses:
    Orders:
      description: Orders
      content:
        application/json:
          schema: { type: object, properties: { next: { type: string, format: uri } } }
`,
  visit: {
    response(node, report) {
      const link = node.childrenOf('headers').find(({ key }) => key?.toLowerCase() === 'link');
      if (link === undefined || !mediaTypesOf(node).some(({ key }) => isJson(key ?? ''))) return;
      report({
        at: link,
        message: 'Put links into the JSON, as fields with an address: hardly a client reads this header.',
      });
    },
  },
});
