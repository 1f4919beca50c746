import { defineBreaking } from '../check';

export const breakingRequestPattern = defineBreaking({
  id: 'breaking-request-pattern',
  summary: 'What callers may send need not match another pattern than before.',
  why: 'Callers that send what was fine so far may be refused. Nobody can see from two patterns that one takes all that the other took.',
  before: `paths:
  /orders:
    get:
      parameters:
        - { name: code, in: query, schema: { type: string } }
      responses: { '204': { description: Nothing } }
`,
  bad: `paths:
  /orders:
    get:
      parameters:
        - { name: code, in: query, schema: { type: string, pattern: '^[a-z]+$' } } # want
      responses: { '204': { description: Nothing } }
`,
  good: `paths:
  /orders:
    get:
      parameters:
        - { name: code, in: query, schema: { type: string, example: abc } }
      responses: { '204': { description: Nothing } }
`,
  compare: {
    schema({ name, before, after, scope }, tell) {
      const [old, now] = [before.find('pattern'), after.find('pattern')];
      if (scope.direction === 'response' || now?.string === undefined || now.string === old?.string) return;
      const change = old === undefined ? 'a pattern now' : 'another pattern now';
      tell({
        at: now,
        on: 'value',
        message: `${name} has to match ${change}: callers that send something else are refused.`,
        old: old ?? before.written,
      });
    },
  },
});
