import { operationsOf } from '../../openapi';
import { defineBreaking } from '../check';

export const breakingPathRemoved = defineBreaking({
  id: 'breaking-path-removed',
  summary: 'A path that callers may use stays.',
  why: 'Every caller of a path that is taken away, or renamed, gets 404 from one day to the next. Mark its operations `deprecated` and keep them until nobody calls.',
  before: `paths:
  /orders:
    get: { responses: { '204': { description: Nothing } } }
  /carts:
    get: { responses: { '204': { description: Nothing } } }
`,
  bad: `paths: # want
  /orders:
    get: { responses: { '204': { description: Nothing } } }
`,
  good: `paths:
  /orders:
    get: { responses: { '204': { description: Nothing } } }
  /carts:
    get: { deprecated: true, responses: { '204': { description: Nothing } } }
`,
  compare: {
    path({ name, before, after, at }, tell) {
      if (before === undefined || after !== undefined) return;
      const methods = operationsOf(before).map((one) => (one.key ?? '').toUpperCase());
      if (methods.length === 0 && !before.has('$ref')) return;
      const which = methods.length === 0 ? '' : ` (${methods.join(', ')})`;
      tell({
        at,
        message: `The path \`${name}\`${which} is gone: its callers get 404. Keep it, deprecated, until nobody calls it.`,
        old: before,
      });
    },
  },
});
