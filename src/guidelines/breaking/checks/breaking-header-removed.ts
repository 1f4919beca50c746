import { defineBreaking } from '../check';

export const breakingHeaderRemoved = defineBreaking({
  id: 'breaking-header-removed',
  summary: 'A header of a response stays.',
  why: 'Callers read from it where to go on, how long to wait or which version they hold; without it they stop, or guess.',
  before: `paths:
  /orders:
    post:
      responses:
        '201':
          description: Created
          headers:
            Location: { schema: { type: string } }
            ETag: { schema: { type: string } }
`,
  bad: `paths:
  /orders:
    post:
      responses:
        '201':
          description: Created
          headers: # want
            ETag: { schema: { type: string } }
`,
  good: `paths:
  /orders:
    post:
      responses:
        '201':
          description: Created
          headers:
            etag: { schema: { type: string } }
            location: { schema: { type: string } }
`,
  compare: {
    header({ name, before, after, at, scope }, tell) {
      if (before === undefined || after !== undefined || scope.direction === 'request') return;
      tell({
        at,
        message: `The header \`${name}\` is gone from a response of \`${scope.label}\`: callers that read it find nothing.`,
        old: before,
      });
    },
  },
});
