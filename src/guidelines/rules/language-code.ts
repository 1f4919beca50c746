import { zalando } from '../guides';
import { namesStandard } from '../moments';
import { propertiesNamed } from '../named';
import { defineRule } from '../rule';
import { isOfType } from '../schemas';
import { wordsOf } from '../words';

const names = /(?:^| )(?:language code|locale|lang|preferred language)$/;

export const languageCode = defineRule({
  id: 'language-code',
  summary: 'Languages are told by BCP 47 tags or ISO 639 codes.',
  why: '`en_UK`, `english` and `en-GB` mean the same to a person only. Browsers and translation tools speak BCP 47.',
  severity: 'info',
  source: zalando(128),
  presets: ['strict', 'zalando', 'lyst', 'google'],
  bad: `components:
  schemas:
    Customer:
      type: object
      properties:
        language_code: { type: string } # want
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
      (name) => names.test(wordsOf(name).join(' ')),
      (property, report) => {
        if (
          !isOfType(property, 'string') ||
          namesStandard(property, /bcp|639|5646|language tag|programming/i)
        )
          return;
        report({
          at: property,
          message:
            'Say which code stands here: BCP 47 or ISO 639, by `format: bcp47`, a `pattern` or the description.',
        });
      },
    ),
  },
});
