import { lyst } from '../guides';
import { defineRule } from '../rule';
import { isJson, mediaTypesOf } from '../responses';

/** Other ways to write structured data; files, pages and streams are no matter of this rule. */
const structured =
  /^(?:application|text)\/(?:.*\+)?(?:xml|yaml|x-yaml|x-www-form-urlencoded|x-protobuf|msgpack)\b/i;

export const jsonResponse = defineRule({
  id: 'json-response',
  summary: 'Structured data is answered as JSON, whatever else is offered.',
  why: 'Every client can read JSON without a library. Other formats are a favour to some clients, beside it.',
  severity: 'warning',
  source: lyst('Encodings'),
  presets: ['strict', 'lyst', 'zalando', 'heroku'],
  bad: `components:
  responses:
    Order:
      description: The order
      content:
        application/xml: # want
          schema: { type: object }
`,
  good: `components:
  responses:
    Order:
      description: The order
      content:
        application/json:
          schema: { type: object }
        application/xml:
          schema: { type: object }
`,
  visit: {
    response(node, report) {
      const types = mediaTypesOf(node);
      const [first] = types.filter((type) => structured.test(type.key ?? ''));
      if (first === undefined || types.some((type) => isJson(type.key ?? '') || type.key === '*/*')) return;
      report({
        at: first,
        message: `Offer \`application/json\` too: not every client can read \`${first.key ?? ''}\`.`,
      });
    },
  },
});
