import { defineBreaking } from '../check';

export const breakingResponsePropertyRemoved = defineBreaking({
  id: 'breaking-response-property-removed',
  summary: 'A property of a response stays.',
  why: 'Callers that read it find nothing, and fail where they use it. Add the new property beside it, and take the old away when nobody reads it.',
  before: `paths:
  /order:
    get:
      responses:
        '200':
          description: The order
          content:
            application/json:
              schema:
                type: object
                properties:
                  id: { type: string }
                  total: { type: number }
`,
  bad: `paths:
  /order:
    get:
      responses:
        '200':
          description: The order
          content:
            application/json:
              schema:
                type: object
                properties: # want
                  id: { type: string }
`,
  good: `paths:
  /order:
    get:
      responses:
        '200':
          description: The order
          content:
            application/json:
              schema:
                type: object
                properties:
                  id: { type: string }
                  total: { type: number, deprecated: true }
                  amount: { type: string }
`,
  compare: {
    property({ name, before, after, at, scope }, tell) {
      if (scope.direction === 'request' || before === undefined || after !== undefined) return;
      tell({
        at,
        message: `Responses no longer have \`${name}\`: callers that read it find nothing.`,
        old: before,
      });
    },
  },
});
