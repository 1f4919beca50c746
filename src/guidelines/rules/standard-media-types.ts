import { zalando } from '../guides';
import { mediaTypesOf } from '../responses';
import type { Report } from '../rule';
import { defineRule } from '../rule';
import type { TreeNode } from '../tree';

const own = /^application\/(?:x[.-]|vnd\.)[^;]*\+json\s*(?:;|$)/i;

function check(holder: TreeNode, report: Report): void {
  for (const type of mediaTypesOf(holder)) {
    const name = type.key ?? '';
    if (!own.test(name) || /[.;-]\s*v(?:ersion=)?\d/i.test(name)) continue;
    report({
      at: type,
      message: `Use \`application/json\`: a media type of your own tells clients nothing they could use, but for a version in it.`,
    });
  }
}

export const standardMediaTypes = defineRule({
  id: 'standard-media-types',
  summary: 'Media types are standard ones, but for one that carries a version.',
  why: 'Browsers, tools and libraries know `application/json` and show it. A type of one’s own they offer for download.',
  severity: 'info',
  source: zalando(172),
  presets: ['zalando'],
  bad: `components:
  responses:
    Order:
      description: The order
      content:
        application/vnd.shop.order+json: # want
          schema: { type: object }
`,
  good: `components:
  responses:
    Order:
      description: The order
      content:
        application/json:
          schema: { type: object }
`,
  visit: { response: check, requestBody: check },
});
