import { lyst } from '../guides';
import { methodOf } from '../openapi';
import { remembered } from '../remembered';
import { defineRule } from '../rule';
import { wordsOf } from '../words';

const verb =
  '(?:create|add|update|edit|delete|remove|get|list|set|send|cancel|generate|accept|upload|import|export)';
const both = new RegExp(`(?:^| )${verb} (?:and|or) ${verb}(?: |$)`);

const doesTwo = remembered((id: string): boolean => both.test(wordsOf(id).join(' ')));

export const onePurpose = defineRule({
  id: 'one-purpose',
  summary: 'An operation does one thing.',
  why: 'Of a call that creates or updates, nobody knows beforehand which, and its errors mean two things. Two operations are each easier to name, to document, to allow and to test.',
  severity: 'hint',
  source: lyst('Trying to be too RESTful'),
  presets: ['lyst'],
  bad: `paths:
  /orders:
    post:
      operationId: createOrUpdateOrder # want
`,
  good: `paths:
  /orders:
    post:
      operationId: createOrder
      summary: Take an order
      responses:
        '201': { description: The order is taken }
`,
  visit: {
    operation(node, report) {
      const id = node.get('operationId');
      // That PUT makes what is not there is what HTTP says of it.
      if (id?.string === undefined || methodOf(node) === 'put' || !doesTwo(id.string)) return;
      report({
        at: id,
        on: 'value',
        message: 'This does two things: an operation for each is easier to name, to allow and to test.',
      });
    },
  },
});
