import { boundsOf, tighterThan } from '../bounds';
import { defineBreaking } from '../check';

export const breakingResponseBounds = defineBreaking({
  id: 'breaking-response-bounds',
  summary: 'Bounds of what callers get are not loosened.',
  why: 'Callers that made room for a text of 50 characters, a column or a field, can’t hold a longer one.',
  severity: 'info',
  before: `paths:
  /order:
    get:
      responses:
        '200':
          description: The order
          content:
            application/json:
              schema: { type: object, properties: { note: { type: string, maxLength: 50 } } }
`,
  bad: `paths:
  /order:
    get:
      responses:
        '200':
          description: The order
          content:
            application/json:
              schema: { type: object, properties: { note: { type: string, maxLength: 500 } } } # want
`,
  good: `paths:
  /order:
    get:
      responses:
        '200':
          description: The order
          content:
            application/json:
              schema: { type: object, properties: { note: { type: string, maxLength: 40 } } }
`,
  compare: {
    schema({ name, before, after, at, scope }, tell) {
      if (scope.direction === 'request') return;
      const is = boundsOf(after);
      for (const [bound, old] of boundsOf(before)) {
        const now = is.get(bound);
        if (!tighterThan(bound, old, now)) continue;
        const to = now === undefined ? 'there is none' : `is ${now.text}`;
        tell({
          at: now?.node ?? at,
          on: now === undefined ? 'key' : 'value',
          message: `\`${bound}\` of ${name} was ${old.text} and ${to} now: callers may have no room for what they get.`,
          old: old.node,
        });
      }
    },
  },
});
