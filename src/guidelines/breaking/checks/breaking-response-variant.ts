import { defineBreaking } from '../check';

export const breakingResponseVariant = defineBreaking({
  id: 'breaking-response-variant',
  summary: 'A response has no alternative that callers don’t know.',
  why: 'Callers have code for the alternatives that there were; a new one falls through it.',
  severity: 'warning',
  before: `paths:
  /payment:
    get:
      responses:
        '200':
          description: The payment
          content:
            application/json:
              schema:
                oneOf:
                  - { title: Card, type: object, properties: { number: { type: string } } }
`,
  bad: `paths:
  /payment:
    get:
      responses:
        '200':
          description: The payment
          content:
            application/json:
              schema:
                oneOf:
                  - { title: Card, type: object, properties: { number: { type: string } } }
                  - { title: Cash, type: object, properties: { till: { type: string } } } # want
`,
  good: `paths:
  /payment:
    get:
      responses:
        '200':
          description: The payment
          content:
            application/json:
              schema:
                anyOf:
                  - { title: Card, type: object, properties: { number: { type: string } } }
`,
  compare: {
    variant({ name, before, after, at, scope, schema }, tell) {
      if (scope.direction === 'request' || after === undefined || before !== undefined) return;
      tell({
        at,
        message: `${schema.name} may be \`${name}\` now, for which callers have no code.`,
        old: schema.before.find('oneOf') ?? schema.before.find('anyOf') ?? schema.before.written,
      });
    },
  },
});
