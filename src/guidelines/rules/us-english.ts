import { zalando } from '../guides';
import { propertiesNamed } from '../named';
import { remembered } from '../remembered';
import { segmentsOf } from '../openapi';
import { spanWithin } from '../edit';
import { defineRule } from '../rule';
import { wordsOf } from '../words';

const spellings: Readonly<Record<string, string>> = {
  analyse: 'analyze',
  authorise: 'authorize',
  authorised: 'authorized',
  authorisation: 'authorization',
  behaviour: 'behavior',
  cancelled: 'canceled',
  catalogue: 'catalog',
  centre: 'center',
  cheque: 'check',
  colour: 'color',
  customise: 'customize',
  defence: 'defense',
  enrolment: 'enrollment',
  favourite: 'favorite',
  favour: 'favor',
  fulfil: 'fulfill',
  fulfilment: 'fulfillment',
  grey: 'gray',
  honour: 'honor',
  labelled: 'labeled',
  labour: 'labor',
  licence: 'license',
  metre: 'meter',
  neighbour: 'neighbor',
  normalised: 'normalized',
  optimise: 'optimize',
  organisation: 'organization',
  organisations: 'organizations',
  organise: 'organize',
  programme: 'program',
  recognise: 'recognize',
  summarise: 'summarize',
  travelled: 'traveled',
  traveller: 'traveler',
};

/** The British word in a name; empty when there is none. */
const britishIn = remembered(
  (name: string): string => wordsOf(name).find((word) => Object.hasOwn(spellings, word)) ?? '',
);

const messageFor = (word: string): string =>
  `Names are in American English: \`${spellings[word] ?? ''}\`, not \`${word}\`. With both, each name has to be looked up.`;

export const usEnglish = defineRule({
  id: 'us-english',
  summary: 'Names are in American English.',
  why: 'Programming languages and libraries speak it. Where an API has both `color` and `favourite`, a caller has to look up each name.',
  severity: 'info',
  source: zalando(103),
  presets: ['zalando', 'google'],
  bad: `components:
  schemas:
    Car:
      type: object
      properties:
        colour: { type: string } # want
`,
  good: `components:
  schemas:
    Car:
      type: object
      properties:
        color: { type: string }
`,
  visit: {
    properties: propertiesNamed(
      (name) => britishIn(name) !== '',
      (property, report) => {
        report({ at: property, message: messageFor(britishIn(property.key ?? '')) });
      },
    ),
    path(item, report, spec) {
      const path = item.key ?? '';
      const found = segmentsOf(path).find(({ text }) => !text.includes('{') && britishIn(text) !== '');
      if (found === undefined || item.keySpan === undefined) return;
      report({
        at: item,
        on: spanWithin(spec, item.keySpan, path, [found.start, found.end]),
        message: messageFor(britishIn(found.text)),
      });
    },
  },
});
