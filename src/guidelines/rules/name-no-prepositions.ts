import { aip } from '../guides';
import { propertiesNamed } from '../named';
import { defineRule } from '../rule';
import { wordsOf } from '../words';

const prepositions: ReadonlySet<string> = new Set([
  'with',
  'for',
  'by',
  'of',
  'without',
  'from',
  'via',
  'per',
]);

export const nameNoPrepositions = defineRule({
  id: 'name-no-prepositions',
  summary: 'Names of fields do without prepositions.',
  why: '`error_reason` is shorter than `reason_for_error`, and sorts beside the other names of errors. A name that needs a preposition is often two things that want an object.',
  severity: 'hint',
  source: aip(140),
  presets: ['google'],
  bad: `components:
  schemas:
    Job:
      type: object
      properties:
        reason_for_error: { type: string } # want
`,
  good: `components:
  schemas:
    Job:
      type: object
      properties:
        error_reason: { type: string }
`,
  visit: {
    properties: propertiesNamed(
      (name) =>
        wordsOf(name)
          .slice(1, -1)
          .some((word) => prepositions.has(word)),
      (property, report) => {
        report({
          at: property,
          message: 'Name it without a preposition: `error_reason`, not `reason_for_error`.',
        });
      },
    ),
  },
});
