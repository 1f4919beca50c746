import { lyst } from '../guides';
import { defineRule } from '../rule';
import { isJson, isNeededForm, mediaTypesOf } from '../responses';

const structured = /^(?:application|text)\/(?:.*\+)?(?:xml|yaml|x-yaml|x-www-form-urlencoded)\b/i;

export const jsonRequest = defineRule({
  id: 'json-request',
  summary: 'Bodies of requests are taken as JSON, whatever else is taken.',
  why: 'What a client reads as JSON it can send back as JSON. Forms and XML need another writer, and can say less: no numbers, no nulls, no lists within lists.',
  severity: 'warning',
  source: lyst('Form-encoded Data'),
  presets: ['strict', 'lyst', 'zalando', 'heroku'],
  bad: `components:
  requestBodies:
    Order:
      content:
        application/x-www-form-urlencoded: # want
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
    requestBody(node, report) {
      const types = mediaTypesOf(node);
      const [first] = types.filter((type) => structured.test(type.key ?? ''));
      if (first === undefined || types.some((type) => isJson(type.key ?? '') || type.key === '*/*')) return;
      if (isNeededForm(first)) return;
      report({
        at: first,
        message: `Take \`application/json\` too, so that a client can send what it reads here.`,
      });
    },
  },
});
