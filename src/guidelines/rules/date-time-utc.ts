import { lyst } from '../guides';
import type { Report } from '../rule';
import { defineRule } from '../rule';
import type { TreeNode } from '../tree';

/** An instant with a time of day that is not said to be UTC. */
const elsewhere = /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?![\d.:]*[Zz]$)(?![\d.:]*[+-]00:?00$)/;

function check(value: TreeNode | undefined, report: Report): void {
  if (value === undefined || !elsewhere.test(value.string ?? '')) return;
  report({
    at: value,
    on: 'value',
    message:
      'Show instants in UTC, with `Z` at the end: with offsets, equal instants look different and don’t sort.',
  });
}

export const dateTimeUtc = defineRule({
  id: 'date-time-utc',
  summary: 'Instants in examples are in UTC.',
  why: 'Offsets change with the season and the server. In UTC, equal instants are equal texts, and they sort as text.',
  severity: 'info',
  source: lyst('ISO standards'),
  presets: ['lyst', 'heroku', 'zalando'],
  bad: `components:
  schemas:
    CreatedAt:
      type: string
      format: date-time
      example: '2025-03-04T10:00:00+02:00' # want
`,
  good: `components:
  schemas:
    CreatedAt:
      type: string
      format: date-time
      example: '2025-03-04T08:00:00Z'
`,
  visit: {
    momentSchema(node, report) {
      if (node.get('format')?.string !== 'date-time') return;
      check(node.get('example'), report);
      check(node.get('default'), report);
      for (const example of node.childrenOf('examples')) check(example, report);
    },
  },
});
