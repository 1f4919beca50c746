import { defineBreaking } from '../check';

export const breakingRequestEnum = defineBreaking({
  id: 'breaking-request-enum',
  summary: 'Every value that callers may send stays allowed.',
  why: 'Callers that send a value that was taken off the list are refused, and so are those that sent something else before there was a list.',
  before: `paths:
  /orders:
    get:
      parameters:
        - name: status
          in: query
          schema: { type: string, enum: [open, paid, shipped] }
      responses: { '204': { description: Nothing } }
`,
  bad: `paths:
  /orders:
    get:
      parameters:
        - name: status
          in: query
          schema: { type: string, enum: [open, paid] } # want
      responses: { '204': { description: Nothing } }
`,
  good: `paths:
  /orders:
    get:
      parameters:
        - name: status
          in: query
          schema: { type: string, enum: [paid, open, shipped, returned] }
      responses: { '204': { description: Nothing } }
`,
  compare: {
    schema({ name, before, after, at, scope }, tell) {
      const [was, is] = [before.values, after.values];
      if (scope.direction === 'response' || is === undefined) return;
      const holder = after.find('enum') ?? after.find('const') ?? at;
      if (was === undefined) {
        // Another type, or two alternatives, is told of by itself.
        if (before.types.size > 0 && before.variants.length === 0)
          tell({
            at: holder,
            message: `${name} takes only the values of a list now: callers that send others are refused.`,
            old: before.written,
          });
        return;
      }
      for (const [key, old] of was) {
        if (is.has(key)) continue;
        tell({
          at: holder,
          message: `${name} no longer takes \`${key}\`: callers that send it are refused.`,
          old,
        });
      }
    },
  },
});
