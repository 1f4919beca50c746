import { zalando } from '../guides';
import { remembered } from '../remembered';
import { defineRule } from '../rule';
import { wordsOf } from '../words';

const lists = ['items', 'data', 'results', 'entries', 'records', 'values'];
const isTotal = remembered((name: string): boolean =>
  /^(?:total|count|total (?:count|results|items|elements|records|size|number)|num results)$/.test(
    wordsOf(name).join(' '),
  ),
);

export const paginationNoTotal = defineRule({
  id: 'pagination-no-total',
  summary: 'A page does not say how many items there are in all.',
  why: 'To count, the database goes through everything that matches, for each page again. It gets slower with success, hardly anyone needs it, and once promised it can’t be taken back.',
  severity: 'info',
  source: zalando(254),
  presets: ['zalando'],
  bad: `components:
  schemas:
    Page:
      type: object
      properties:
        items: { type: array, items: { type: object } }
        total_count: { type: integer } # want
`,
  good: `components:
  schemas:
    Page:
      type: object
      properties:
        items: { type: array, items: { type: object } }
        next: { type: string, format: uri }
`,
  visit: {
    properties(node, report) {
      const total = node.children.find(({ key }) => isTotal(key ?? ''));
      if (total === undefined || !lists.some((name) => node.has(name))) return;
      report({
        at: total,
        message:
          'To count all is slow, and slower with each new item: leave it out, or give it only to who asks for it.',
      });
    },
  },
});
