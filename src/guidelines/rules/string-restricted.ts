import { owasp } from '../guides';
import { hasAny } from '../layout';
import { defineRule } from '../rule';

const isRestricted = hasAny(['format', 'pattern', 'enum', 'const']);

export const stringRestricted = defineRule({
  id: 'string-restricted',
  summary: 'Each text has a form: a format, a pattern or a list of values.',
  why: 'A text that may be anything may be SQL, a script or a path. The narrower it is told, the less gets as far as the code that would trip over it.',
  severity: 'hint',
  source: owasp(4),
  presets: ['owasp'],
  bad: `components:
  schemas:
    Name:
      type: string # want
      maxLength: 100
`,
  good: `components:
  schemas:
    Name:
      type: string
      maxLength: 100
      pattern: '^[A-Za-z ]+$'
`,
  visit: {
    stringSchema(node, report) {
      if (isRestricted(node)) return;
      report({
        at: node.get('type') ?? node,
        message: 'Say what this text looks like, with a `format`, a `pattern` or an `enum`.',
      });
    },
  },
});
