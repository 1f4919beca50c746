import { textsOption } from '../option';
import type { Visit } from '../rule';
import { defineRule } from '../rule';

const allowed = textsOption(
  'allowed',
  [
    'application/json',
    'application/merge-patch+json',
    'application/json-patch+json',
    'multipart/form-data',
    'application/x-www-form-urlencoded',
    'application/octet-stream',
  ],
  'The media types that requests may have, without parameters.',
);

/** In Swagger 2.0 they stand under `consumes`. */
const check: NonNullable<Visit['operation']> = (node, report, spec, options) => {
  if (spec.version !== '2.0') return;
  const known = options.get(allowed);
  for (const one of node.childrenOf('consumes')) {
    const type = one.string?.split(';')[0]?.trim().toLowerCase();
    if (type !== undefined && !known.includes(type))
      report({ at: one, message: `\`${type}\` is none of the media types agreed on for requests.` });
  }
};

export const requestMediaTypes = defineRule({
  id: 'request-media-types',
  summary: 'Requests have only media types that the team has agreed on.',
  why: 'Each further format of requests is one more thing that every client and every server has to read and write.',
  severity: 'hint',
  source: {
    guideline: 'Redocly',
    ref: 'request-mime-type',
    url: 'https://redocly.com/docs/cli/rules/oas/request-mime-type',
  },
  options: [allowed],
  presets: ['strict'],
  bad: `components:
  requestBodies:
    Order:
      content:
        application/pdf: # want
          schema: { type: object }
`,
  good: `components:
  requestBodies:
    Order:
      content:
        application/json:
          schema: { type: object }
`,
  visit: {
    requestBody(node, report, _spec, options) {
      const known = options.get(allowed);
      for (const media of node.childrenOf('content')) {
        const type = media.key?.split(';')[0]?.trim().toLowerCase();
        if (type !== undefined && !known.includes(type) && media.key !== '<<')
          report({ at: media, message: `\`${type}\` is none of the media types agreed on for requests.` });
      }
    },
    document: check,
    operation: check,
  },
});
