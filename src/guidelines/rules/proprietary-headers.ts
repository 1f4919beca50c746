import { zalando } from '../guides';
import { parametersNamed, remembered } from '../named';
import { defineRule } from '../rule';

const known =
  /^x-(?:flow-id|tenant-id|sales-channel|frontend-type|device-type|device-os|app-domain|rate-?limit-.*|request-id|correlation-id|forwarded-.*|api-key|idempotency-key|content-type-options|frame-options)$/i;

const isOwn = remembered((name: string): boolean => /^x-/i.test(name) && !known.test(name));
const message =
  'Put this into the body or the query: each header of one’s own has to be allowed, passed on and logged by everything in between.';

export const proprietaryHeaders = defineRule({
  id: 'proprietary-headers',
  summary: 'No headers are made up for one API.',
  why: 'Gateways and browsers pass on what they know and drop the rest. What belongs to a call stands in its body or query, where all tools see it.',
  severity: 'hint',
  source: zalando(183),
  presets: ['zalando'],
  bad: `components:
  parameters:
    Color:
      name: X-Favorite-Color # want
      in: header
      schema: { type: string }
`,
  good: `components:
  parameters:
    Color:
      name: color
      in: query
      schema: { type: string }
`,
  visit: {
    parameter: parametersNamed(['header'], isOwn, (parameter, report) => {
      report({ at: parameter.get('name') ?? parameter, on: 'value', message });
    }),
    response(node, report) {
      for (const header of node.childrenOf('headers'))
        if (isOwn(header.key ?? '')) report({ at: header, message });
    },
  },
});
