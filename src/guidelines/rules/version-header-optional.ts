import { lyst } from '../guides';
import { parametersNamed } from '../named';
import { defineRule } from '../rule';
import { wordsOf } from '../words';

export const versionHeaderOptional = defineRule({
  id: 'version-header-optional',
  summary: 'A call without a version header gets the default version.',
  why: 'The first call that somebody tries is a plain one. It should show the API, not an error about a header; who needs a certain version names it.',
  severity: 'info',
  source: lyst('Versioning and backwards compatability'),
  presets: ['lyst'],
  bad: `components:
  parameters:
    Version:
      name: X-Api-Version
      in: header
      required: true # want
      schema: { type: string }
`,
  good: `components:
  parameters:
    Version:
      name: X-Api-Version
      in: header
      schema: { type: string, default: '1.0' }
`,
  visit: {
    parameter: parametersNamed(
      ['header'],
      (name) => wordsOf(name).includes('version'),
      (parameter, report) => {
        const required = parameter.get('required');
        if (required?.value !== true) return;
        report({
          at: required,
          on: 'value',
          message:
            'Answer calls that name no version with a default one, so that the first plain call works.',
        });
      },
    ),
  },
});
