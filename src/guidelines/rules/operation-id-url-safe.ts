import { spanWithin } from '../edit';
import { defineRule } from '../rule';

/** What is neither reserved nor unreserved in RFC 3986, section 2. */
const unsafe = /[^\w.~:/?#[\]@!$&'()*+,;=-]/u;

const nameOf = (character: string): string => (character.trim() === '' ? 'White space' : `\`${character}\``);

export const operationIdUrlSafe = defineRule({
  id: 'operation-id-url-safe',
  summary: 'An `operationId` has only characters that an address can hold.',
  why: 'Documentation makes the link to an operation from its name; a space or an umlaut there has to be coded, and some tools forget it.',
  severity: 'warning',
  source: {
    guideline: 'Redocly',
    ref: 'operation-operationId-url-safe',
    url: 'https://redocly.com/docs/cli/rules/oas/operation-operationId-url-safe',
  },
  presets: ['recommended', 'strict', 'spectral-oas', 'redocly-recommended'],
  bad: `paths:
  /orders:
    get:
      operationId: list orders # want
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
    operation(node, report, spec) {
      const at = node.get('operationId');
      const id = at?.string;
      const found = id === undefined ? null : unsafe.exec(id);
      if (at === undefined || id === undefined || !found) return;
      const [character] = found;
      report({
        at,
        on:
          character.trim() === ''
            ? 'value'
            : spanWithin(spec, at, id, [found.index, found.index + character.length]),
        message: `${nameOf(character)} can’t stand in an address, and links to operations are made of their names.`,
      });
    },
  },
});
