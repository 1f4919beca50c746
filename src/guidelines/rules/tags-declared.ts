import { defineRule } from '../rule';

export const tagsDeclared = defineRule({
  id: 'tags-declared',
  summary: '`tags` at the root declares the groups of operations.',
  why: 'Where they are declared, a group has a description, an order, and a name that a slip can be told from.',
  severity: 'hint',
  source: {
    guideline: 'OpenAPI Specification',
    ref: 'Tag Object',
    url: 'https://spec.openapis.org/oas/v3.1.1.html#tag-object',
  },
  presets: ['strict'],
  bad: `openapi: 3.1.0 # want
paths: {}
`,
  good: `openapi: 3.1.0
tags:
  - name: orders
    description: Orders and their lines.
`,
  visit: {
    document(root, report, spec) {
      if (root.childrenOf('tags').length > 0) return;
      const at = root.get('tags') ?? root.get(spec.version === '2.0' ? 'swagger' : 'openapi') ?? root;
      report({ at, message: 'Declare under `tags` the groups that operations belong to.' });
    },
  },
});
