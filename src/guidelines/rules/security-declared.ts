import { counted } from '../fact';
import { lyst } from '../guides';
import { defineRule } from '../rule';

const operations = counted((view) =>
  view.nodes('operation').map((one) => (one.has('security') ? 'said' : 'open')),
);

export const securityDeclared = defineRule({
  id: 'security-declared',
  summary: 'The description says how callers prove who they are.',
  why: 'Who reads the description has to find out how to log in, and every generated client and gateway too. An API that needs no login says so with `security: []`.',
  severity: 'warning',
  source: lyst('Authentication'),
  presets: ['strict', 'lyst', 'zalando', 'owasp'],
  bad: `paths: # want
  /orders:
    post: { operationId: createOrder }
`,
  good: `openapi: 3.1.0
security: [{ token: [] }]
paths: {}
components:
  securitySchemes:
    token: { type: http, scheme: bearer }
`,
  wholeDocument: true,
  visit: {
    document(root, report, spec) {
      const paths = root.get('paths');
      if (root.has('security') || paths === undefined) return;
      const uses = operations(spec);
      if (uses.size === 0 || uses.has('said')) return;
      report({
        at: paths,
        message:
          'Nothing says how a caller proves who he is: name a scheme under `security`, or say with `security: []` that all may call.',
      });
    },
  },
});
