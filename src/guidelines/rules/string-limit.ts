import { owasp } from '../guides';
import { hasAny } from '../layout';
import { defineRule } from '../rule';

/** Formats that have a length of their own. */
const bounded: ReadonlySet<string> = new Set(['uuid', 'date', 'date-time', 'time', 'ipv4', 'ipv6']);

const isLimited = hasAny(['maxLength', 'enum', 'const']);

export const stringLimit = defineRule({
  id: 'string-limit',
  summary: 'Each text has a greatest length.',
  why: 'Without `maxLength` a name may be a hundred megabytes long. It is read, checked, logged and stored before anyone sees that it is no name.',
  severity: 'info',
  source: owasp(4),
  presets: ['owasp'],
  bad: `components:
  schemas:
    Name:
      type: string # want
`,
  good: `components:
  schemas:
    Name:
      type: string
      maxLength: 100
`,
  visit: {
    stringSchema(node, report) {
      if (isLimited(node)) return;
      if (bounded.has(node.stringAt('format') ?? '')) return;
      report({
        at: node.get('type') ?? node,
        message: 'Say in `maxLength` how long this text can be, so that an endless one is refused.',
      });
    },
  },
});
