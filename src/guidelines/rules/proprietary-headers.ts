import { zalando } from '../guides';
import { textsOption } from '../option';
import { remembered } from '../remembered';
import { defineRule } from '../rule';

const known =
  /^x-(?:flow-id|tenant-id|sales-channel|frontend-type|device-type|device-os|app-domain|rate-?limit-.*|request-id|correlation-id|forwarded-.*|api-key|idempotency-key|content-type-options|frame-options)$/i;

const isOwn = remembered((name: string): boolean => /^x-/i.test(name) && !known.test(name));
const message =
  'Put this into the body or the query: each header of one’s own has to be allowed, passed on and logged by everything in between.';

const allowed = textsOption('allowed', [], 'Headers of the house that are meant, as they are written.');

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
  options: [allowed],
  visit: {
    parameter(node, report, _spec, options) {
      const name = node.get('name');
      if (name?.string === undefined || node.stringAt('in') !== 'header' || !isOwn(name.string)) return;
      if (!options.get(allowed).includes(name.string)) report({ at: name, on: 'value', message });
    },
    response(node, report, _spec, options) {
      for (const header of node.childrenOf('headers'))
        if (isOwn(header.key ?? '') && !options.get(allowed).includes(header.key ?? ''))
          report({ at: header, message });
    },
  },
});
