import { textsOption } from '../option';
import type { Visit } from '../rule';
import { defineRule } from '../rule';

const allowed = textsOption(
  'allowed',
  ['application/json', 'application/problem+json', 'text/event-stream', 'application/octet-stream'],
  'The media types that responses may have, without parameters.',
);

/** In Swagger 2.0 they stand under `produces`. */
const check: NonNullable<Visit['operation']> = (node, report, spec, options) => {
  if (spec.version !== '2.0') return;
  const known = options.get(allowed);
  for (const one of node.childrenOf('produces')) {
    const type = one.string?.split(';')[0]?.trim().toLowerCase();
    if (type !== undefined && !known.includes(type))
      report({ at: one, message: `\`${type}\` is none of the media types agreed on for responses.` });
  }
};

export const responseMediaTypes = defineRule({
  id: 'response-media-types',
  summary: 'Responses have only media types that the team has agreed on.',
  why: 'Each further format of responses is one more thing that every client and every server has to read and write.',
  severity: 'hint',
  source: {
    guideline: 'Redocly',
    ref: 'response-mime-type',
    url: 'https://redocly.com/docs/cli/rules/oas/response-mime-type',
  },
  options: [allowed],
  presets: ['strict'],
  bad: `components:
  responses:
    Order:
      description: The order
      content:
        application/pdf: # want
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
  visit: {
    response(node, report, _spec, options) {
      const known = options.get(allowed);
      for (const media of node.childrenOf('content')) {
        const type = media.key?.split(';')[0]?.trim().toLowerCase();
        if (type !== undefined && !known.includes(type) && media.key !== '<<')
          report({ at: media, message: `\`${type}\` is none of the media types agreed on for responses.` });
      }
    },
    document: check,
    operation: check,
  },
});
