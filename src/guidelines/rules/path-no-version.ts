import { count } from '../../base/text';
import { spanWithin } from '../edit';
import { pathItems, segmentsOf } from '../openapi';
import { defineRule } from '../rule';

const version = /^v\d+(?:[._]\d+)*$/i;

export const pathNoVersion = defineRule({
  id: 'path-no-version',
  summary: 'The version of the API is not part of its paths.',
  why: 'A version in the path gives every thing a new address with each version, and links that others kept go stale. Compatible changes need no version; for others, a media type or a header carries it.',
  severity: 'info',
  source: {
    guideline: 'Zalando RESTful API Guidelines',
    ref: '115',
    url: 'https://opensource.zalando.com/restful-api-guidelines/#115',
  },
  // Guides disagree on this one (AIP-185 asks for it), so it is for those who chose a side.
  presets: ['zalando', 'lyst'],
  bad: `paths:
  /v1/orders: # want
    get:
      operationId: listOrders
`,
  good: `paths:
  /orders:
    get:
      operationId: listOrders
      summary: List orders
      responses:
        '200': { description: The orders }
        '400': { description: The query is wrong }
`,
  visit: {
    paths(_node, report, spec) {
      const versioned = pathItems(spec).flatMap((item) => {
        const segment = segmentsOf(item.key ?? '').find((one) => version.test(one.text));
        return segment === undefined ? [] : [{ item, segment }];
      });
      const [first] = versioned;
      if (first?.item.keySpan === undefined) return;
      const others = versioned.length - 1;
      report({
        at: first.item,
        on: spanWithin(spec, first.item.keySpan, first.item.key ?? '', [
          first.segment.start,
          first.segment.end,
        ]),
        message: `The version stands in the path${others > 0 ? ` (and in ${count(others, 'other')})` : ''}; carry it in a media type or a header.`,
      });
    },
  },
});
