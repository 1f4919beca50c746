import { defineBreaking } from '../check';

export const breakingResponsePropertyOptional = defineBreaking({
  id: 'breaking-response-property-optional',
  summary: 'A property that every response has stays in every response.',
  why: 'Callers read it without asking whether it is there, because so far it always was.',
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
                properties: { id: { type: string }, total: { type: number } }
                required: [id, total]
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
                properties: { id: { type: string }, total: { type: number } } # want
                required: [id]
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
                properties: { id: { type: string }, total: { type: number } }
                required: [total, id]
`,
  compare: {
    property({ name, before, after, at, required, wasRequired, scope }, tell) {
      if (scope.direction === 'request' || after === undefined || !wasRequired || required !== undefined)
        return;
      tell({
        at,
        message: `Responses may leave out \`${name}\` now: callers that rely on it fail.`,
        old: before,
      });
    },
  },
});
