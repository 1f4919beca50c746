import { aip } from '../guides';
import { propertiesNamed } from '../named';
import { defineRule } from '../rule';
import { isOfType } from '../schemas';
import { wordsOf } from '../words';

const names: Readonly<Record<string, string>> = {
  country: 'region_code',
  'country code': 'region_code',
  currency: 'currency_code',
  language: 'language_code',
  locale: 'language_code',
  timezone: 'time_zone',
  'media type': 'mime_type',
  'content type': 'mime_type',
};

const properName = (name: string): string | undefined => {
  const words = wordsOf(name).join(' ');
  return Object.hasOwn(names, words) ? names[words] : undefined;
};

export const codeNames = defineRule({
  id: 'code-names',
  summary:
    'Codes have the names that all APIs give them: `language_code`, `region_code`, `currency_code`, `time_zone`.',
  why: 'The name says that a code stands there, and of which standard: `language: English` and `language: en` can’t both come. What has no country, such as Antarctica, has a region.',
  severity: 'info',
  source: aip(143),
  presets: ['google'],
  bad: `components:
  schemas:
    Customer:
      type: object
      properties:
        language: { type: string } # want
`,
  good: `components:
  schemas:
    Customer:
      type: object
      properties:
        language_code: { type: string, format: bcp47 }
`,
  visit: {
    properties: propertiesNamed(
      (name) => properName(name) !== undefined,
      (property, report) => {
        if (!isOfType(property, 'string')) return;
        report({
          at: property,
          message: `All APIs call this \`${properName(property.key ?? '') ?? ''}\`, which says that a code stands here.`,
        });
      },
    ),
  },
});
