import { defineBreaking } from '../check';

export const breakingRequestVariant = defineBreaking({
  id: 'breaking-request-variant',
  summary: 'Every alternative that callers may send stays.',
  why: 'Callers that send the alternative that was taken away are refused.',
  before: `paths:
  /payments:
    post:
      requestBody:
        content:
          application/json:
            schema:
              oneOf:
                - { title: Card, type: object, properties: { number: { type: string } } }
                - { title: Transfer, type: object, properties: { iban: { type: string } } }
      responses: { '204': { description: Done } }
`,
  bad: `paths:
  /payments:
    post:
      requestBody:
        content:
          application/json:
            schema:
              oneOf: # want
                - { title: Transfer, type: object, properties: { iban: { type: string } } }
      responses: { '204': { description: Done } }
`,
  good: `paths:
  /payments:
    post:
      requestBody:
        content:
          application/json:
            schema:
              oneOf:
                - { title: Transfer, type: object, properties: { iban: { type: string } } }
                - { title: Cash, type: object, properties: { till: { type: string } } }
                - { title: Card, type: object, properties: { number: { type: string } } }
      responses: { '204': { description: Done } }
`,
  compare: {
    variant({ name, before, after, at, scope, schema }, tell) {
      if (scope.direction === 'response' || before === undefined || after !== undefined) return;
      tell({
        at,
        message: `${schema.name} can no longer be \`${name}\`: callers that send it are refused.`,
        old: before,
      });
    },
  },
});
