import { lyst } from '../guides';
import { namesStandard } from '../moments';
import { propertiesNamed } from '../named';
import { defineRule } from '../rule';
import { isOfType } from '../schemas';
import { wordsOf } from '../words';

const names = /(?:^| )country(?: code)?$/;

export const countryCode = defineRule({
  id: 'country-code',
  summary: 'Countries are told by their ISO 3166 codes.',
  why: '`UK`, `GB` and `Great Britain` are one country, and a program has to be told so. With ISO 3166 it is `GB`, everywhere.',
  severity: 'info',
  source: lyst('ISO standards'),
  presets: ['strict', 'lyst', 'zalando', 'google'],
  bad: `components:
  schemas:
    Address:
      type: object
      properties:
        country_code: { type: string } # want
`,
  good: `components:
  schemas:
    Address:
      type: object
      properties:
        country_code: { type: string, format: iso-3166-alpha-2 }
`,
  visit: {
    properties: propertiesNamed(
      (name) => names.test(wordsOf(name).join(' ')),
      (property, report) => {
        if (!isOfType(property, 'string') || namesStandard(property, /3166|alpha-?[23]|two[- ]letter/i))
          return;
        report({
          at: property,
          message:
            'Say which code stands here: ISO 3166, by `format: iso-3166-alpha-2`, a `pattern` or the description.',
        });
      },
    ),
  },
});
