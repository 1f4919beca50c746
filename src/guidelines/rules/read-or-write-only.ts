import { defineRule } from '../rule';

export const readOrWriteOnly = defineRule({
  id: 'read-or-write-only',
  summary: 'No property is both `readOnly` and `writeOnly`.',
  why: 'The one keeps it out of requests, the other out of responses: with both it appears nowhere.',
  severity: 'error',
  source: {
    guideline: 'OpenAPI Specification',
    ref: 'Schema Object',
    url: 'https://spec.openapis.org/oas/v3.1.1.html#schema-object',
  },
  presets: ['recommended', 'strict'],
  bad: `components:
  schemas:
    Token:
      type: string
      readOnly: true
      writeOnly: true # want
`,
  good: `components:
  schemas:
    Token:
      type: string
      writeOnly: true
`,
  visit: {
    'schema.writeOnly'(node, report) {
      const at = node.get('writeOnly');
      if (at?.value === true && node.get('readOnly')?.value === true)
        report({
          at,
          message:
            'It is `readOnly` already, so with this it would appear neither in requests nor in responses.',
        });
    },
  },
});
