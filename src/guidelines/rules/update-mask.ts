import { aip } from '../guides';
import { takesParameter } from '../lists';
import { methodOf, pathOf } from '../openapi';
import { isItem } from '../resources';
import { defineRule } from '../rule';
import { mediaTypesOf } from '../responses';

export const updateMask = defineRule({
  id: 'update-mask',
  summary: 'A change names the fields that it changes, in `update_mask`.',
  why: 'A field that is not in the body may be meant to stay, or to be emptied. The mask says which, also for clients that leave out what is empty.',
  severity: 'hint',
  source: aip(134),
  presets: ['google'],
  bad: `paths:
  /orders/{order}:
    patch: # want
      operationId: updateOrder
`,
  good: `paths:
  /orders/{order}:
    parameters:
      - { name: order, in: path, required: true, schema: { type: string } }
    patch:
      operationId: updateOrder
      summary: Change an order
      parameters:
        - { name: update_mask, in: query, schema: { type: string } }
      responses:
        '204': { description: It is changed }
        '404': { description: There is no such order }
`,
  wholeDocument: true,
  visit: {
    operation(node, report, spec) {
      if (methodOf(node) !== 'patch' || !isItem(pathOf(node) ?? '')) return;
      // A patch document says itself what it changes.
      if (mediaTypesOf(node.get('requestBody')).some(({ key }) => /patch\+json/i.test(key ?? ''))) return;
      if (takesParameter(node, spec, (name) => /^update_?mask$/i.test(name))) return;
      report({
        at: node,
        message:
          'Take `update_mask`, which names the fields to change: a field that is left out may be meant to stay, or to be emptied.',
      });
    },
  },
});
