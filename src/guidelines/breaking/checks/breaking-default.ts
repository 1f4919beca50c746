import type { TreeNode } from '../../tree';
import { defineBreaking } from '../check';

const text = (node: TreeNode): string =>
  node.actual.kind === 'scalar' ? String(node.actual.value) : node.actual.source;

export const breakingDefault = defineBreaking({
  id: 'breaking-default',
  summary: 'What callers leave out still means the same.',
  why: 'Callers that rely on a default get another result without a word of theirs having changed.',
  severity: 'warning',
  before: `paths:
  /orders:
    get:
      parameters:
        - { name: limit, in: query, schema: { type: integer, default: 100 } }
      responses: { '204': { description: Nothing } }
`,
  bad: `paths:
  /orders:
    get:
      parameters:
        - { name: limit, in: query, schema: { type: integer, default: 20 } } # want
      responses: { '204': { description: Nothing } }
`,
  good: `paths:
  /orders:
    get:
      parameters:
        - { name: limit, in: query, schema: { type: integer, default: 100, example: 20 } }
      responses: { '204': { description: Nothing } }
`,
  compare: {
    schema({ name, before, after, at, scope }, tell) {
      const [old, now] = [before.find('default'), after.find('default')];
      if (scope.direction === 'response' || old === undefined) return;
      if (now !== undefined && text(now) === text(old)) return;
      const is = now === undefined ? 'there is none now' : `is \`${text(now)}\` now`;
      tell({
        at: now ?? at,
        on: now === undefined ? 'key' : 'value',
        message: `The default of ${name} was \`${text(old)}\` and ${is}: callers that leave it out get something else.`,
        old,
      });
    },
  },
});
