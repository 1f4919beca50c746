import { defineRule } from '../rule';
import { isSiblingText, siblingsOf, versionName } from '../siblings';

export const refAlone = defineRule({
  id: 'ref-alone',
  summary: 'Before OpenAPI 3.1, no description or extension stands beside a `$ref`.',
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
      for (const child of siblingsOf(node, spec))
        if (isSiblingText(child.key ?? ''))
          report({
            at: child,
            message: `${versionName(spec)} ignores \`${child.key}\` beside a \`$ref\`, so nobody sees it: say it where the reference leads, or put the reference into an \`allOf\`.`,
          });
    },
  },
});
