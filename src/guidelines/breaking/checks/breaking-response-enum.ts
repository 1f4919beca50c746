import { defineBreaking } from '../check';

export const breakingResponseEnum = defineBreaking({
  id: 'breaking-response-enum',
  summary: 'A response has no value that callers were told can’t come.',
  why: 'Callers that treat a list as complete, as generated clients do, fail on a value that is not in it. Say from the start that more may come, or leave the list out.',
  severity: 'warning',
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
                  status:
                    type: string
                    enum: [open, paid]
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
                properties:
                  status:
                    type: string
                    enum: [open, paid, lost] # want
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
                  status:
                    type: string
                    enum: [paid]
`,
  compare: {
    schema({ name, before, after, at, scope }, tell) {
      const [was, is] = [before.values, after.values];
      if (scope.direction === 'request' || was === undefined) return;
      const old = before.find('enum') ?? before.written;
      if (is === undefined) {
        if (after.variants.length === 0)
          tell({ at, message: `${name} may have any value now, where callers were told of a few.`, old });
        return;
      }
      for (const [key, value] of is) {
        if (was.has(key)) continue;
        tell({
          at: value,
          on: 'value',
          message: `${name} may be \`${key}\` now, which callers don’t expect.`,
          old,
        });
      }
    },
  },
});
