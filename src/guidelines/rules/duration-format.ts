import { zalando } from '../guides';
import { saysForm } from '../moments';
import { propertiesNamed } from '../named';
import { defineRule } from '../rule';
import { isOfType } from '../schemas';
import { wordsOf } from '../words';

const names: ReadonlySet<string> = new Set(['duration', 'interval', 'ttl', 'timeout', 'lifetime']);

export const durationFormat = defineRule({
  id: 'duration-format',
  summary: 'A length of time is told as such, with `format: duration`.',
  why: 'Is `"90"` seconds, minutes or milliseconds? `PT90S` (RFC 3339, appendix A) says it itself, and libraries read it.',
  severity: 'info',
  source: zalando(127),
  presets: ['zalando', 'google'],
  bad: `components:
  schemas:
    Job:
      type: object
      properties:
        timeout: { type: string } # want
`,
  good: `components:
  schemas:
    Job:
      type: object
      properties:
        timeout: { type: string, format: duration }
`,
  visit: {
    properties: propertiesNamed(
      (name) => names.has(wordsOf(name).at(-1) ?? ''),
      (property, report) => {
        if (!isOfType(property, 'string') || saysForm(property)) return;
        report({
          at: property,
          message:
            'Say how this is written: `format: duration`, as in `PT90S`. A bare number does not tell its unit.',
        });
      },
    ),
  },
});
