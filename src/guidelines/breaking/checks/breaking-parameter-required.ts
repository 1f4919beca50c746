import { defineBreaking } from '../check';

export const breakingParameterRequired = defineBreaking({
  id: 'breaking-parameter-required',
  summary: 'No parameter is required that callers could leave out.',
  why: 'Callers that don’t know of it are refused. Give it a default, and let it be optional.',
  before: `paths:
  /orders:
    get:
      parameters:
        - { name: status, in: query, schema: { type: string } }
      responses: { '204': { description: Nothing } }
`,
  bad: `paths:
  /orders:
    get:
      parameters:
        - { name: status, in: query, required: true, schema: { type: string } } # want
        - { name: shop, in: query, required: true, schema: { type: string } } # want
      responses: { '204': { description: Nothing } }
`,
  good: `paths:
  /orders:
    get:
      parameters:
        - { name: status, in: query, schema: { type: string } }
        - { name: shop, in: query, schema: { type: string } }
      responses: { '204': { description: Nothing } }
`,
  compare: {
    parameter({ name, before, after, at, scope }, tell) {
      if (after === undefined || scope.direction === 'response') return;
      const required = after.get('required');
      const isPath = after.stringAt('in') === 'path';
      if (required?.actual.value !== true || isPath || before?.get('required')?.actual.value === true) return;
      const message =
        before === undefined
          ? `The new parameter \`${name}\` is required: callers of \`${scope.label}\` that don’t know of it are refused.`
          : `The parameter \`${name}\` is required now: callers of \`${scope.label}\` that leave it out are refused.`;
      tell({ at: before === undefined ? (after.get('name') ?? at) : required, message, old: before });
    },
  },
});
