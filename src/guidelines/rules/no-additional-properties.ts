import { owasp } from '../guides';
import { defineRule } from '../rule';

export const noAdditionalProperties = defineRule({
  id: 'no-additional-properties',
  summary: 'Where an object takes further properties, it says which, and how many.',
  why: 'With `additionalProperties: true` a request may carry `is_admin: true`, and a careless mapper writes it into the database. That is how mass assignment happens.',
  severity: 'info',
  source: owasp(3),
  presets: ['owasp'],
  bad: `components:
  schemas:
    Order:
      type: object
      additionalProperties: true # want
`,
  good: `components:
  schemas:
    Order:
      type: object
      additionalProperties: false
`,
  visit: {
    objectSchema(node, report) {
      const more = node.get('additionalProperties') ?? node.get('unevaluatedProperties');
      if (more === undefined || more.value === false) return;
      const isOpen = more.value === true || (more.kind === 'map' && more.children.length === 0);
      if (!isOpen || node.has('maxProperties')) return;
      report({
        at: more,
        message:
          'Anything can be put in here. Say `false`, or say what the values are and how many (`maxProperties`).',
      });
    },
  },
});
