import { defineRule } from '../rule';
import type { TreeNode } from '../tree';

function* repeated(map: TreeNode): Iterable<TreeNode> {
  const seen = new Set<string>();
  for (const child of map.children) {
    if (child.key === undefined || child.key === '<<') continue;
    if (seen.has(child.key)) yield child;
    seen.add(child.key);
  }
}

export const duplicateKey = defineRule({
  id: 'duplicate-key',
  summary: 'No object has the same key twice.',
  why: 'Parsers keep one of the two entries and drop the other without a word, and not all keep the same one.',
  severity: 'error',
  source: {
    guideline: 'YAML 1.2.2',
    ref: '3.2.1.3',
    url: 'https://yaml.org/spec/1.2.2/#3213-node-comparison',
  },
  presets: ['recommended', 'strict', 'spectral-oas', 'redocly-recommended'],
  bad: `components:
  schemas:
    Order:
      type: object
      description: An order.
      type: string # want
`,
  good: `components:
  schemas:
    Order:
      type: object
      description: An order.
`,
  visit: {
    map(node, report) {
      // Of a map over many parts the keys alone are asked: these change rarely.
      if (node.layout.isDistinct) return;
      for (const entry of repeated(node))
        report({
          at: entry,
          message: `\`${entry.key}\` stands in this object already; one of the two is lost.`,
        });
    },
  },
});
