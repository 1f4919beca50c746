import type { Report } from '../rule';
import { httpMethods } from '../shapes';
import type { Spec } from '../spec';
import type { TreeNode } from '../tree';
import { defineRule } from '../rule';

const objects = new Set([
  'info',
  'contact',
  'license',
  'externalDocs',
  'components',
  'xml',
  'discriminator',
  'flows',
]);
const methods = new Set(httpMethods);

/** What a reference stands for is told by its key: an operation, a media type, or one of the objects that are no components. */
function isOutOfPlace(node: TreeNode, spec: Spec): boolean {
  const { key, parent } = node;
  if (parent === undefined || parent.key === 'properties') return false;
  if (key === undefined) return parent.key === 'servers' || parent.key === 'tags';
  if (parent.key === 'content') return key.includes('/') && spec.version !== '3.2';
  const above = parent.parent?.key;
  if (above === 'paths' || above === 'webhooks') return methods.has(key);
  return objects.has(key) && above !== 'components';
}

function tell(node: TreeNode, report: Report): void {
  const at = node.get('$ref');
  if (at?.string !== undefined)
    report({ at, message: 'The specification allows no `$ref` here, so only some tools follow it.' });
}

export const refPlacement = defineRule({
  id: 'ref-placement',
  summary: 'A `$ref` stands only where the specification allows one.',
  why: 'Elsewhere tools differ: one follows it, the next takes it for an unknown field and passes over what it refers to.',
  severity: 'warning',
  source: {
    guideline: 'Redocly',
    ref: 'spec-strict-refs',
    url: 'https://redocly.com/docs/cli/rules/oas/spec-strict-refs',
  },
  presets: ['strict'],
  bad: `paths:
  /orders:
    get:
      $ref: '#/components/x-operations/listOrders' # want
`,
  good: `paths:
  /orders:
    $ref: '#/components/pathItems/Orders'
components:
  pathItems:
    Orders: {}
`,
  visit: {
    ref(node, report, spec) {
      if (isOutOfPlace(node, spec)) tell(node, report);
    },
    paths: tell,
    responses: tell,
  },
});
