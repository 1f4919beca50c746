import { defineBreaking } from '../check';

export const breakingParameterRemoved = defineBreaking({
  id: 'breaking-parameter-removed',
  summary: 'A parameter that callers may send stays.',
  why: 'Callers that send it are refused by a strict service, or get an answer that leaves out what they asked for; generated clients lose an argument.',
  severity: 'warning',
  before: `paths:
  /orders:
    get:
      parameters:
        - { name: status, in: query, schema: { type: string } }
        - { name: limit, in: query, schema: { type: integer } }
      responses: { '204': { description: Nothing } }
`,
  bad: `paths:
  /orders:
    get:
      parameters: # want
        - { name: limit, in: query, schema: { type: integer } }
      responses: { '204': { description: Nothing } }
`,
  good: `paths:
  /orders:
    get:
      parameters:
        - { name: status, in: query, deprecated: true, schema: { type: string } }
        - { name: limit, in: query, schema: { type: integer } }
      responses: { '204': { description: Nothing } }
`,
  compare: {
    parameter({ name, before, after, at, scope }, tell) {
      if (before === undefined || after !== undefined || scope.direction === 'response') return;
      const place = before.stringAt('in') ?? '';
      tell({
        at,
        message: `The ${place} parameter \`${name}\` is gone: callers of \`${scope.label}\` that send it no longer get what they ask for.`,
        old: before,
      });
    },
  },
});
