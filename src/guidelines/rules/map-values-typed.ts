import { zalando } from '../guides';
import { defineRule } from '../rule';
import { isPartOfSchema } from '../schemas';

const telling = [
  'properties',
  'additionalProperties',
  'patternProperties',
  'unevaluatedProperties',
  'allOf',
  'anyOf',
  'oneOf',
  'not',
  'if',
  '$ref',
  'enum',
  'const',
  'required',
  'maxProperties',
  'example',
  'examples',
  'discriminator',
];

export const mapValuesTyped = defineRule({
  id: 'map-values-typed',
  summary: 'An object says its properties, or what the values of the map are.',
  why: 'Of a bare `type: object` a client knows only that it has braces. With `additionalProperties` it is a map of something, and generated code has a type for it.',
  severity: 'info',
  source: zalando(216),
  presets: ['zalando'],
  bad: `components:
  schemas:
    Translations:
      type: object # want
`,
  good: `components:
  schemas:
    Translations:
      type: object
      additionalProperties: { type: string }
`,
  visit: {
    objectSchema(node, report) {
      if (telling.some((key) => node.has(key)) || isPartOfSchema(node)) return;
      report({
        at: node.get('type') ?? node,
        message:
          'Say what stands in this object: its `properties`, or with `additionalProperties` what the values of the map are.',
      });
    },
  },
});
