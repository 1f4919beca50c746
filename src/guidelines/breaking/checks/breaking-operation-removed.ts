import { defineBreaking } from '../check';

export const breakingOperationRemoved = defineBreaking({
  id: 'breaking-operation-removed',
  summary: 'A method that callers may use stays.',
  why: 'Callers of a method that is taken away get 405, and clients that are generated anew no longer compile. Mark it `deprecated` and keep it until nobody calls.',
  before: `paths:
  /orders:
    get: { responses: { '204': { description: Nothing } } }
    delete: { responses: { '204': { description: Nothing } } }
`,
  bad: `paths:
  /orders: # want
    get: { responses: { '204': { description: Nothing } } }
`,
  good: `paths:
  /orders:
    get: { responses: { '204': { description: Nothing } } }
    delete: { deprecated: true, responses: { '204': { description: Nothing } } }
`,
  compare: {
    operation({ name, before, after, at }, tell) {
      if (before === undefined || after !== undefined) return;
      const was = before.get('deprecated')?.value === true ? 'It was deprecated, but' : 'Its';
      tell({ at, message: `\`${name}\` is gone. ${was} callers get 405 or 404 now.`, old: before });
    },
  },
});
