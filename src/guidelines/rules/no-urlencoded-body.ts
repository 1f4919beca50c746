import { lyst } from '../guides';
import { isNeededForm } from '../responses';
import { defineRule } from '../rule';

const urlencoded = /^application\/x-www-form-urlencoded\b/i;

export const noUrlencodedBody = defineRule({
  id: 'no-urlencoded-body',
  summary: 'No body is sent as `application/x-www-form-urlencoded`.',
  why: 'Such a body knows only names and texts: numbers, nulls and nesting are lost or guessed. JSON says what it means, and `multipart/form-data` carries files.',
  severity: 'info',
  source: lyst('Form-encoded Data'),
  presets: ['lyst'],
  bad: `components:
  requestBodies:
    Order:
      content:
        application/json:
          schema: { type: object }
        application/x-www-form-urlencoded: # want
          schema: { type: object }
`,
  good: `components:
  requestBodies:
    Order:
      content:
        application/json:
          schema: { type: object }
        multipart/form-data:
          schema: { type: object }
`,
  visit: {
    requestBody(node, report) {
      for (const type of node.childrenOf('content')) {
        if (!urlencoded.test(type.key ?? '')) continue;
        if (isNeededForm(type)) continue;
        report({
          at: type,
          message:
            'A URL-encoded form knows only names and texts: take JSON, and `multipart/form-data` for files.',
        });
      }
    },
  },
});
