import { aip } from '../guides';
import { propertiesNamed } from '../named';
import { remembered } from '../remembered';
import { defineRule } from '../rule';
import { wordsOf } from '../words';

const short: Readonly<Record<string, string>> = {
  configuration: 'config',
  identifier: 'id',
  information: 'info',
  specification: 'spec',
  statistics: 'stats',
};

const longIn = remembered(
  (name: string): string => wordsOf(name).find((word) => Object.hasOwn(short, word)) ?? '',
);

export const nameAbbreviations = defineRule({
  id: 'name-abbreviations',
  summary: 'Names use the abbreviations that everyone uses: `config`, `id`, `info`, `spec`, `stats`.',
  why: 'When half of the names say `config` and half `configuration`, each is typed wrong half of the time.',
  severity: 'info',
  source: aip(140),
  presets: ['google'],
  bad: `components:
  schemas:
    Job:
      type: object
      properties:
        configuration: { type: object } # want
`,
  good: `components:
  schemas:
    Job:
      type: object
      properties:
        config: { type: object }
`,
  visit: {
    properties: propertiesNamed(
      (name) => longIn(name) !== '',
      (property, report) => {
        const long = longIn(property.key ?? '');
        report({
          at: property,
          message: `Everyone says \`${short[long] ?? ''}\` for \`${long}\`: one of the two, everywhere.`,
        });
      },
    ),
  },
});
