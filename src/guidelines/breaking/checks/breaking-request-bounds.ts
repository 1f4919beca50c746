import { boundsOf, tighterThan } from '../bounds';
import { defineBreaking } from '../check';

export const breakingRequestBounds = defineBreaking({
  id: 'breaking-request-bounds',
  summary: 'Bounds of what callers may send are not tightened.',
  why: 'Callers that send a longer text, a larger number or more items than are taken now are refused.',
  before: `paths:
  /orders:
    get:
      parameters:
        - { name: limit, in: query, schema: { type: integer, maximum: 100 } }
        - { name: query, in: query, schema: { type: string } }
      responses: { '204': { description: Nothing } }
`,
  bad: `paths:
  /orders:
    get:
      parameters:
        - { name: limit, in: query, schema: { type: integer, maximum: 50 } } # want
        - { name: query, in: query, schema: { type: string, maxLength: 20 } } # want
      responses: { '204': { description: Nothing } }
`,
  good: `paths:
  /orders:
    get:
      parameters:
        - { name: limit, in: query, schema: { type: integer, maximum: 200 } }
        - { name: query, in: query, schema: { type: string } }
      responses: { '204': { description: Nothing } }
`,
  compare: {
    schema({ name, before, after, scope }, tell) {
      if (scope.direction === 'response') return;
      const was = boundsOf(before);
      for (const [bound, now] of boundsOf(after)) {
        const old = was.get(bound);
        if (!tighterThan(bound, now, old)) continue;
        const from = old === undefined ? 'had none' : `was ${old.text}`;
        tell({
          at: now.node,
          on: 'value',
          message: `\`${bound}\` of ${name} ${from} and is ${now.text}: callers that send what was fine are refused.`,
          old: old?.node ?? before.written,
        });
      }
    },
  },
});
