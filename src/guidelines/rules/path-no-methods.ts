import { segmentsOf } from '../openapi';
import { flagOption, textsOption } from '../option';
import { defineRule } from '../rule';

const methods = ['get', 'head', 'post', 'put', 'patch', 'delete', 'options', 'trace'];

const words = flagOption(
  'words',
  false,
  'Whether a method counts only as a word of its own, as in `get-orders` and `getOrders`; else also in `budget`.',
);
const except = textsOption('except', [], 'Paths that may stay as they are.');

/** The words of a segment in lower case: what `-`, `.`, `_` and capitals part. */
function wordsIn(segment: string): ReadonlySet<string> {
  const apart = segment.split(/[-._]|([A-Z][a-z]+)/);
  const capitals = segment.match(/[A-Z]{2,}/g) ?? [];
  return new Set([...apart, ...capitals].flatMap((word) => word?.toLowerCase() ?? []));
}

export const pathNoMethods = defineRule({
  id: 'path-no-methods',
  summary: 'No segment of a path holds the name of an HTTP method.',
  why: 'A call names its method already. `GET /get-orders` says it twice, and `POST /get-orders` says two things.',
  severity: 'hint',
  source: {
    guideline: 'Redocly',
    ref: 'no-http-verbs-in-paths',
    url: 'https://redocly.com/docs/cli/rules/oas/no-http-verbs-in-paths',
  },
  options: [words, except],
  presets: [],
  bad: `paths:
  /get-orders: # want
    post: { operationId: getOrders }
`,
  good: `paths:
  /orders:
    get:
      operationId: listOrders
      summary: List orders
      responses:
        '200': { description: The orders }
        '400': { description: The query is wrong }
`,
  visit: {
    path(item, report, _spec, options) {
      const path = item.key ?? '';
      if (options.get(except).includes(path)) return;
      const isWord = options.get(words);
      for (const { text } of segmentsOf(path)) {
        if (text.startsWith('{') && text.endsWith('}')) continue;
        const own = isWord ? wordsIn(text) : new Set<string>();
        const found = methods.filter((method) =>
          isWord ? own.has(method) : text.toLowerCase().includes(method),
        );
        for (const method of found)
          report({
            at: item,
            message: `\`${text}\` holds \`${method}\`, which is the name of a method, not of a thing.`,
          });
      }
    },
  },
});
