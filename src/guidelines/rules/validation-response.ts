import { owasp } from '../guides';
import { answers, isServed } from '../responses';
import { defineRule } from '../rule';

export const validationResponse = defineRule({
  id: 'validation-response',
  summary: 'An operation that takes a body says what comes when it is wrong: 400 or 422.',
  why: 'Every input is wrong one day, by mistake or on purpose. That the answer is told shows that somebody checks it; that it is not, that somebody may not.',
  severity: 'info',
  source: owasp(8),
  presets: ['owasp', 'heroku', 'lyst'],
  bad: `paths:
  /orders:
    post:
      operationId: createOrder
      requestBody: { content: { application/json: { schema: { type: object } } } }
      responses: # want
        '201': { description: The order is taken }
        '401': { description: The token is missing }
`,
  good: `paths:
  /orders:
    post:
      operationId: createOrder
      summary: Take an order
      requestBody: { content: { application/json: { schema: { type: object } } } }
      responses:
        '201': { description: The order is taken }
        '422': { description: The order is wrong }
`,
  wholeDocument: true,
  visit: {
    operation(node, report, spec) {
      const responses = node.get('responses');
      if (responses === undefined || !isServed(node)) return;
      if (answers(node, '400') || answers(node, '422') || responses.has('default')) return;
      const takesBody =
        node.has('requestBody') ||
        (spec.version === '2.0' &&
          node.childrenOf('parameters').some((one) => /^(?:body|formData)$/.test(one.stringAt('in') ?? '')));
      if (!takesBody) return;
      report({ at: responses, message: 'A body can be wrong: say under 400 or 422 what comes then.' });
    },
  },
});
