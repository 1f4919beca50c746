import { lyst } from '../guides';
import { parametersNamed } from '../named';
import { defineRule } from '../rule';

const always = /^_method$/i;
/** As a filter (`?method=card`) these are fine, so they count when each call must have one. */
const whenRequired = /^(?:method|action|func|function|operation|cmd)$/i;

export const noMethodParameter = defineRule({
  id: 'no-method-parameter',
  summary: 'The method of a call is its HTTP method, not a parameter.',
  why: 'With `?method=users.delete` every call goes to one address with any method. Nothing between client and server can tell reads from writes, so nothing can cache, retry or guard them.',
  severity: 'warning',
  source: lyst('Using the wrong HTTP method'),
  presets: ['strict', 'lyst'],
  bad: `paths:
  /rest:
    get:
      operationId: call
      parameters:
        - name: method # want
          in: query
          required: true
          schema: { type: string }
`,
  good: `paths:
  /payments:
    get:
      operationId: listPayments
      summary: List payments
      parameters:
        - { name: method, in: query, schema: { type: string } }
      responses:
        '204': { description: There are none }
        '400': { description: There is no such method }
`,
  visit: {
    parameter: parametersNamed(
      ['query'],
      (name) => always.test(name) || whenRequired.test(name),
      (parameter, report) => {
        const name = parameter.get('name');
        if (name === undefined) return;
        if (!always.test(name.string ?? '') && parameter.get('required')?.value !== true) return;
        report({
          at: name,
          on: 'value',
          message:
            'What a call does is told by its HTTP method and its path, so that caches and gateways can tell reads from writes.',
        });
      },
    ),
  },
});
