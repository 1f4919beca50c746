import { defineRule } from '../rule';
import { constraintsOf, siblingsOf, versionName } from '../siblings';

export const refAlone = defineRule({
  id: 'ref-alone',
  summary: 'Before OpenAPI 3.1, nothing at all stands beside a `$ref`.',
  why: 'Swagger 2.0 and OpenAPI 3.0 ignore everything beside a `$ref`, texts too: documentation shows the description of what is referred to, and never this one.',
  severity: 'hint',
  source: {
    guideline: 'OpenAPI Specification 3.0',
    ref: 'Reference Object',
    url: 'https://spec.openapis.org/oas/v3.0.4.html#reference-object',
  },
  presets: ['strict', 'spectral-oas', 'redocly-recommended'],
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
          description: Who pays # want
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
          description: Who pays
          allOf:
            - $ref: '#/components/schemas/Name'
`,
  visit: {
    ref(node, report, spec) {
      // The first constraint is told by `ref-siblings`.
      const [told] = constraintsOf(node, spec);
      for (const child of siblingsOf(node, spec))
        if (child !== told)
          report({
            at: child,
            message: `${versionName(spec)} ignores \`${child.key}\` beside a \`$ref\`: say it where the reference leads, or put the reference into an \`allOf\`.`,
          });
    },
  },
});
