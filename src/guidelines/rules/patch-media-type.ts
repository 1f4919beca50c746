import { zalando } from '../guides';
import { methodOf } from '../openapi';
import { mediaTypesOf } from '../responses';
import { defineRule } from '../rule';

export const patchMediaType = defineRule({
  id: 'patch-media-type',
  summary: 'PATCH says how the change is meant: as a merge patch or a JSON patch.',
  why: 'Does null delete a field or set it? Are lists replaced or added to? RFC 7396 and RFC 6902 answer that; `application/json` leaves each caller to guess.',
  severity: 'info',
  source: zalando(148),
  presets: ['strict', 'zalando'],
  bad: `paths:
  /orders/{orderId}:
    patch:
      operationId: updateOrder
      requestBody:
        content:
          application/json: # want
            schema: { type: object }
`,
  good: `paths:
  /orders/{orderId}:
    parameters:
      - { name: orderId, in: path, required: true, schema: { type: string, format: uuid } }
    patch:
      operationId: updateOrder
      summary: Change an order
      requestBody:
        content:
          application/merge-patch+json:
            schema: { type: object }
      responses:
        '204': { description: It is changed }
        '404': { description: There is no such order }
`,
  visit: {
    operation(node, report) {
      if (methodOf(node) !== 'patch') return;
      const types = mediaTypesOf(node.get('requestBody'));
      const plain = types.find(({ key }) => /^application\/json\b/i.test(key ?? ''));
      if (plain === undefined || types.some(({ key }) => /patch\+json/i.test(key ?? ''))) return;
      report({
        at: plain,
        message:
          'Take `application/merge-patch+json` (RFC 7396) or `application/json-patch+json` (RFC 6902): they say what null and lists mean.',
      });
    },
  },
});
