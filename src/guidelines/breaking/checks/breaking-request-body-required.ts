import { defineBreaking } from '../check';

export const breakingRequestBodyRequired = defineBreaking({
  id: 'breaking-request-body-required',
  summary: 'No body is required where callers could send none.',
  why: 'Callers that send no body are refused.',
  before: `paths:
  /orders:
    post:
      requestBody:
        content: { application/json: { schema: { type: object } } }
      responses: { '204': { description: Done } }
`,
  bad: `paths:
  /orders:
    post:
      requestBody:
        required: true # want
        content: { application/json: { schema: { type: object } } }
      responses: { '204': { description: Done } }
`,
  good: `paths:
  /orders:
    post:
      requestBody:
        required: false
        content: { application/json: { schema: { type: object } } }
      responses: { '204': { description: Done } }
`,
  compare: {
    requestBody({ before, after, at, scope }, tell) {
      if (scope.direction === 'response') return;
      const required = after?.get('required');
      if (required?.actual.value !== true || before?.get('required')?.actual.value === true) return;
      const message =
        before === undefined
          ? `\`${scope.label}\` asks for a body now: callers that send none are refused.`
          : `The body of \`${scope.label}\` is required now: callers that send none are refused.`;
      tell({ at: before === undefined ? at : required, message, old: before });
    },
  },
});
