import { zalando } from '../guides';
import { propertiesNamed } from '../named';
import { defineRule } from '../rule';
import { wordsOf } from '../words';

const traces = /^(?:stack ?trace|back ?trace|trace ?back|exception class|stack|exception)$/;

export const noStackTraces = defineRule({
  id: 'no-stack-traces',
  summary: 'No answer holds a stack trace.',
  why: 'A trace tells strangers which libraries in which versions you run and where the code breaks. It tells clients nothing they could use; a log and an id to find it there do.',
  severity: 'warning',
  source: zalando(177),
  presets: ['strict', 'zalando', 'owasp'],
  bad: `components:
  schemas:
    Error:
      type: object
      properties:
        title: { type: string }
        stack_trace: { type: string } # want
`,
  good: `components:
  schemas:
    Error:
      type: object
      properties:
        title: { type: string }
        request_id: { type: string }
`,
  visit: {
    properties: propertiesNamed(
      (name) => traces.test(wordsOf(name).join(' ')),
      (property, report) => {
        // `exception` and `stack` mean other things elsewhere.
        if (
          !/err|problem|fault|exception/i.test(property.parent?.parent?.key ?? '') &&
          !/trace/i.test(property.key ?? '')
        )
          return;
        report({
          at: property,
          message:
            'Keep the trace in the log, and give an id by which it can be found there: outside it helps only attackers.',
        });
      },
    ),
  },
});
