import { defineRule } from '../rule';

export const bodyParameterOnce = defineRule({
  id: 'body-parameter-once',
  summary: 'Swagger 2.0: an operation has at most one body, and no form fields beside it.',
  why: 'A request has one body. Form fields are a body too, so with both it is not known what is sent.',
  severity: 'error',
  source: {
    guideline: 'OpenAPI Specification',
    ref: 'Parameter Object',
    url: 'https://spec.openapis.org/oas/v2.0.html#parameter-object',
  },
  presets: ['recommended', 'strict', 'spectral-oas'],
  bad: `swagger: '2.0'
paths:
  /orders:
    post:
      parameters:
        - { name: order, in: body, schema: { type: object } }
        - { name: note, in: formData, type: string } # want
`,
  good: `swagger: '2.0'
paths:
  /orders:
    post:
      operationId: createOrder
      summary: Create an order
      parameters:
        - { name: order, in: body, schema: { type: object } }
      responses:
        '201': { description: The order }
        '400': { description: The order is wrong }
`,
  wholeDocument: true,
  visit: {
    operation(node, report, spec) {
      if (spec.version !== '2.0') return;
      let body: string | undefined;
      for (const entry of node.childrenOf('parameters')) {
        const where = spec.deref(entry)?.stringAt('in');
        if (where !== 'body' && where !== 'formData') continue;
        if (body === 'body' || (body === 'formData' && where === 'body'))
          report({
            at: entry,
            message:
              body === where
                ? 'A request has one body, and another parameter describes it already.'
                : 'A request has either a body or form fields, not both.',
          });
        body ??= where;
      }
    },
  },
});
