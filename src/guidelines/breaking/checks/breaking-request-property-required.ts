import { defineBreaking } from '../check';

export const breakingRequestPropertyRequired = defineBreaking({
  id: 'breaking-request-property-required',
  summary: 'No property of a request is required that callers could leave out.',
  why: 'Callers that don’t send it are refused. Let it be optional, with a default that means what leaving it out meant.',
  before: `paths:
  /orders:
    post:
      requestBody:
        content:
          application/json:
            schema:
              type: object
              properties:
                item: { type: string }
                amount: { type: integer }
              required: [item]
      responses: { '204': { description: Done } }
`,
  bad: `paths:
  /orders:
    post:
      requestBody:
        content:
          application/json:
            schema:
              type: object
              properties:
                item: { type: string }
                amount: { type: integer }
              required: [item, amount] # want
      responses: { '204': { description: Done } }
`,
  good: `paths:
  /orders:
    post:
      requestBody:
        content:
          application/json:
            schema:
              type: object
              properties:
                item: { type: string }
                amount: { type: integer }
                color: { type: string }
              required: [item]
      responses: { '204': { description: Done } }
`,
  compare: {
    property({ name, before, after, required, wasRequired, scope }, tell) {
      if (scope.direction === 'response' || required === undefined || wasRequired || after === undefined)
        return;
      // What has a default is filled in.
      if (scope.after.deref(after)?.has('default') === true) return;
      const which =
        before === undefined ? `The new property \`${name}\` is required` : `\`${name}\` is required now`;
      tell({
        at: required,
        on: 'value',
        message: `${which}: callers that don’t send it are refused.`,
        old: before,
      });
    },
  },
});
