import { defineRule } from '../rule';

export const nullableType = defineRule({
  id: 'nullable-type',
  summary: 'OpenAPI 3.0: `nullable` stands beside a `type`.',
  why: 'OpenAPI 3.0.3 made it clear: without `type` in the same schema, `nullable` allows nothing that was not allowed before.',
  severity: 'warning',
  source: {
    guideline: 'OpenAPI Specification 3.0',
    ref: 'Schema Object',
    url: 'https://spec.openapis.org/oas/v3.0.4.html#schema-object',
  },
  presets: ['strict', 'redocly-recommended'],
  bad: `openapi: 3.0.3
components:
  schemas:
    Note:
      nullable: true # want
      maxLength: 80
`,
  good: `openapi: 3.0.3
components:
  schemas:
    Note:
      type: string
      nullable: true
      maxLength: 80
`,
  visit: {
    'schema.nullable'(node, report, spec) {
      if (spec.version !== '3.0') return;
      const at = node.get('nullable');
      if (at?.value !== true || node.has('type')) return;
      report({ at, message: 'Without a `type` beside it, `nullable` has no effect: say the type here too.' });
    },
  },
});
