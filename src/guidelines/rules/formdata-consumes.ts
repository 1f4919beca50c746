import { defineRule } from '../rule';

const isForm = /^(?:application\/x-www-form-urlencoded|multipart\/form-data)/i;

export const formdataConsumes = defineRule({
  id: 'formdata-consumes',
  summary: 'Swagger 2.0: an operation with form fields consumes a form.',
  why: 'Fields `in: formData` can be sent only as a form. With another media type under `consumes`, a client sends what the server can’t read.',
  severity: 'error',
  source: {
    guideline: 'Spectral',
    ref: 'oas2-operation-formdata-consume-check',
    url: 'https://github.com/stoplightio/spectral/blob/develop/docs/reference/openapi-rules.md#oas2-operation-formdata-consume-check',
  },
  presets: ['recommended', 'strict', 'spectral-oas'],
  bad: `swagger: '2.0'
paths:
  /orders:
    post:
      consumes: [application/json] # want
      parameters:
        - { name: note, in: formData, type: string }
`,
  good: `swagger: '2.0'
paths:
  /orders:
    post:
      operationId: createOrder
      summary: Create an order
      consumes: [multipart/form-data]
      parameters:
        - { name: note, in: formData, type: string }
      responses:
        '201': { description: The order }
        '400': { description: The order is wrong }
`,
  wholeDocument: true,
  visit: {
    operation(node, report, spec) {
      if (spec.version !== '2.0') return;
      const consumes = node.get('consumes') ?? spec.root.get('consumes');
      const types = consumes?.actual.children ?? [];
      if (types.length === 0 || types.some((type) => isForm.test(type.string ?? ''))) return;
      const field = node
        .childrenOf('parameters')
        .find((one) => spec.deref(one)?.stringAt('in') === 'formData');
      if (field === undefined) return;
      report({
        at: node.get('consumes') ?? field,
        message:
          'Form fields are sent as `multipart/form-data` or `application/x-www-form-urlencoded`; `consumes` names neither.',
      });
    },
  },
});
