import { lyst } from '../guides';
import { methodOf, pathOf } from '../openapi';
import { remembered } from '../remembered';
import { defineRule } from '../rule';
import { wordsOf } from '../words';

const unsafe: ReadonlySet<string> = new Set(
  'create add insert update modify edit replace delete remove destroy cancel reset revoke approve reject enable disable send submit publish unpublish register unregister trigger merge rename'.split(
    ' ',
  ),
);

/** The verb that a name begins with, behind what groups it: `repos/delete-key`, `users.delete`. */
const verbOf = remembered(
  (id: string): string => wordsOf(id.slice(Math.max(id.lastIndexOf('/'), id.lastIndexOf('.')) + 1))[0] ?? '',
);

export const getIsSafe = defineRule({
  id: 'get-is-safe',
  summary: 'GET and HEAD change nothing.',
  why: 'Browsers fetch links ahead, crawlers follow them, caches answer them without asking you. If a GET deletes, any of them deletes.',
  severity: 'warning',
  source: lyst('Using the wrong HTTP method'),
  presets: ['strict', 'lyst', 'zalando', 'heroku'],
  bad: `paths:
  /orders/{orderId}/cancellation:
    get:
      operationId: cancelOrder # want
`,
  good: `paths:
  /orders/{orderId}/cancellation:
    parameters:
      - { name: orderId, in: path, required: true, schema: { type: string, format: uuid } }
    post:
      operationId: cancelOrder
      summary: Cancel an order
      responses:
        '201': { description: It is cancelled }
        '404': { description: There is no such order }
`,
  visit: {
    operation(node, report) {
      const method = methodOf(node);
      if (method !== 'get' && method !== 'head') return;
      const id = node.get('operationId');
      const verb = verbOf(id?.string ?? '');
      if (id === undefined || !unsafe.has(verb) || pathOf(node) === undefined) return;
      // `update-status` can be a thing; then the summary says `Get …`.
      if (
        /^(?:get|list|return|show|read|fetch|retrieve|check|find|search|view|download)/i.test(
          node.stringAt('summary') ?? '',
        )
      )
        return;
      report({
        at: id,
        on: 'value',
        message: `This seems to ${verb} something, and GET must change nothing: caches and crawlers call it unasked. Use POST, PATCH, PUT or DELETE.`,
      });
    },
  },
});
