import pluralize from 'pluralize';
import { segmentsOf } from '../openapi';
import { flagOption, textsOption } from '../option';
import { defineRule } from '../rule';

const ignoreLast = flagOption('ignoreLast', false, 'Whether the last segment of a path may be singular.');
const except = textsOption('except', [], 'Segments that may be singular.');

export const pathSegmentsPlural = defineRule({
  id: 'path-segments-plural',
  summary: 'Every segment of a path is a plural, but for parameters.',
  why: 'Where every segment is a plural, nobody has to look up which is not. Exceptions are listed once, for all to see.',
  severity: 'hint',
  source: {
    guideline: 'Redocly',
    ref: 'path-segment-plural',
    url: 'https://redocly.com/docs/cli/rules/oas/path-segment-plural',
  },
  options: [ignoreLast, except],
  presets: [],
  bad: `paths:
  /order/{orderId}: # want
    get: { operationId: getOrder }
`,
  good: `paths:
  /orders/{orderId}:
    parameters:
      - { name: orderId, in: path, required: true, schema: { type: string, format: uuid } }
    get:
      operationId: getOrder
      summary: Get an order
      responses:
        '200': { description: The order }
        '404': { description: There is no such order }
`,
  visit: {
    path(item, report, _spec, options) {
      const all = segmentsOf(item.key ?? '');
      const isMeant = (text: string): boolean =>
        !(text.startsWith('{') && text.endsWith('}')) && !options.get(except).includes(text);
      const last = options.get(ignoreLast) ? all.at(-1) : undefined;
      for (const segment of all)
        if (segment !== last && isMeant(segment.text) && pluralize.isSingular(segment.text))
          report({
            at: item,
            message: `\`${segment.text}\` is a singular: \`${pluralize(segment.text)}\` is asked for.`,
          });
    },
  },
});
