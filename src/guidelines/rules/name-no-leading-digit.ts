import { aip } from '../guides';
import { propertiesNamed } from '../named';
import { defineRule } from '../rule';

export const nameNoLeadingDigit = defineRule({
  id: 'name-no-leading-digit',
  summary: 'No word of a name begins with a digit.',
  why: 'Such a name does not survive the way from snake_case to camelCase and back: `line_2` becomes `line2`, and that stays `line2`.',
  severity: 'info',
  source: aip(140),
  presets: ['google'],
  bad: `components:
  schemas:
    Address:
      type: object
      properties:
        line_2: { type: string } # want
`,
  good: `components:
  schemas:
    Address:
      type: object
      properties:
        line2: { type: string }
`,
  visit: {
    properties: propertiesNamed(
      (name) => /(?:^|_)\d/.test(name) && /[a-z]/i.test(name),
      (property, report) => {
        report({
          at: property,
          message:
            'No word of a name begins with a digit: written in camelCase and back, it would be another name.',
        });
      },
    ),
  },
});
