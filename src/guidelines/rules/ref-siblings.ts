import { defineRule } from '../rule';
import { constraintsOf, versionName } from '../siblings';

export const refSiblings = defineRule({
  id: 'ref-siblings',
  summary: 'Before OpenAPI 3.1, no constraint stands beside a `$ref`.',
  why: 'Swagger 2.0 and OpenAPI 3.0 say that everything beside a `$ref` is ignored: a `nullable` or `maxLength` there looks as if it held, and does not. `allOf` with the reference in it keeps both.',
  severity: 'warning',
  source: {
    guideline: 'OpenAPI Specification 3.0',
    ref: 'Reference Object',
    url: 'https://spec.openapis.org/oas/v3.0.4.html#reference-object',
  },
  presets: ['recommended', 'strict', 'spectral-oas', 'redocly-recommended'],
  bad: `openapi: 3.0.3
components:
  schemas:
    Name:
      type: string
    Order:
      type: object
      properties:
        customer:
          $ref: '#/components/schemas/Name'
          maxLength: 80 # want
`,
  good: `openapi: 3.0.3
components:
  schemas:
    Name:
      type: string
    Order:
      type: object
      properties:
        customer:
          maxLength: 80
          allOf:
            - $ref: '#/components/schemas/Name'
`,
  visit: {
    ref(node, report, spec) {
      const ignored = constraintsOf(node, spec);
      const [first] = ignored;
      if (first === undefined) return;
      const names = ignored.map(({ key }) => `\`${key}\``);
      const [subject, verb] = names.length === 1 ? ['it', 'stands'] : ['they', 'stand'];
      report({
        at: first,
        message: `${versionName(spec)} ignores ${names.join(' and ')} because ${subject} ${verb} beside a \`$ref\`; put the reference into an \`allOf\`.`,
      });
    },
  },
});
