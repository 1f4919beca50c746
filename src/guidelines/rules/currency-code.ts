import { zalando } from '../guides';
import { namesStandard } from '../moments';
import { propertiesNamed } from '../named';
import { defineRule } from '../rule';
import { isOfType } from '../schemas';
import { wordsOf } from '../words';

const names = /(?:^| )currency(?: code)?$/;

export const currencyCode = defineRule({
  id: 'currency-code',
  summary: 'Currencies are told by their ISO 4217 codes.',
  why: '`$` is the sign of twenty currencies. `USD` is one, in every library.',
  severity: 'info',
  source: zalando(128),
  presets: ['strict', 'zalando', 'lyst', 'google'],
  bad: `components:
  schemas:
    Price:
      type: object
      properties:
        currency: { type: string } # want
`,
  good: `components:
  schemas:
    Price:
      type: object
      properties:
        currency: { type: string, format: iso-4217 }
`,
  visit: {
    properties: propertiesNamed(
      (name) => names.test(wordsOf(name).join(' ')),
      (property, report) => {
        if (!isOfType(property, 'string') || namesStandard(property, /4217|three[- ]letter|iso/i)) return;
        report({
          at: property,
          message:
            'Say which code stands here: ISO 4217, by `format: iso-4217`, a `pattern` or the description.',
        });
      },
    ),
  },
});
