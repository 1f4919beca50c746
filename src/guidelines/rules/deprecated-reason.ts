import { zalando } from '../guides';
import { defineRule } from '../rule';

const told =
  /deprecat|instead|replac|sunset|remov|retire|legacy|obsolete|closing|superseded|\buse\b|no longer|migrat/i;

export const deprecatedReason = defineRule({
  id: 'deprecated-reason',
  summary: 'What is deprecated says what to use in its place, or until when it works.',
  why: 'A line through a name tells callers that they have a problem, and nothing more. What comes in its place, and by when, is what they have to plan with.',
  severity: 'info',
  source: zalando(187),
  presets: ['strict', 'zalando', 'google', 'lyst'],
  bad: `paths:
  /orders:
    get:
      operationId: listOrders
      deprecated: true # want
`,
  good: `paths:
  /orders:
    get:
      operationId: listOrders
      summary: List orders
      description: Use GET /purchases instead. This goes on 2030-01-01.
      deprecated: true
      responses:
        '204': { description: There are none }
`,
  visit: {
    operation(node, report) {
      const deprecated = node.get('deprecated');
      if (deprecated?.value !== true) return;
      if (told.test(node.stringAt('description') ?? '') || told.test(node.stringAt('summary') ?? '')) return;
      if (node.children.some(({ key }) => /^x-.*(?:sunset|deprecat|removal)/i.test(key ?? ''))) return;
      report({
        at: deprecated,
        message: 'Say in the description what to use in its place, or until when this works.',
      });
    },
  },
});
