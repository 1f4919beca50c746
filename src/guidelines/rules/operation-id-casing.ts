import { fact } from '../fact';
import { pathOf } from '../openapi';
import { operationIdCasing as casingOf, operationIds } from '../operation-names';
import { choiceOption } from '../option';
import { defineRule } from '../rule';
import type { Spec } from '../spec';
import type { Casing } from '../words';
import { casings, isIn, toCasing, wordsOf } from '../words';

const enough = 4;
const many = 20;

const casing = choiceOption(
  'casing',
  { of: ['usual', ...casings], default: 'usual' },
  'How operation ids are written; `usual` is how most of them are.',
);

/** Where very many differ, and more than one of four, there is no usual way from which one could stray. */
const usualOf = fact((spec: Spec): Casing | undefined => {
  const usual = operationIds(spec).size < enough ? undefined : casingOf(spec);
  if (usual === undefined) return undefined;
  const telling = [...operationIds(spec).keys()].filter((id) => wordsOf(id).length > 1);
  const odd = telling.filter((id) => !isIn(usual, id)).length;
  return odd > many && odd * 4 > telling.length ? undefined : usual;
});

export const operationIdCasing = defineRule({
  id: 'operation-id-casing',
  summary: 'Operation ids are all written in the same way.',
  why: 'They become the names of functions. When one is in snake_case among others in camelCase, everybody who calls it has to look it up.',
  severity: 'info',
  source: {
    guideline: 'IBM Cloud API Handbook',
    ref: 'ibm-operationid-casing-convention',
    url: 'https://github.com/IBM/openapi-validator/blob/main/docs/ibm-cloud-rules.md#ibm-operationid-casing-convention',
  },
  presets: ['recommended', 'strict'],
  bad: `paths:
  /orders:
    get: { operationId: listOrders }
    post: { operationId: createOrder }
  /orders/{orderId}:
    get: { operationId: getOrder }
    delete: { operationId: delete_order } # want
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
  wholeDocument: true,
  options: [casing],
  visit: {
    operation(node, report, spec, options) {
      if (pathOf(node) === undefined) return;
      const at = node.get('operationId');
      const id = at?.string;
      const said = options.get(casing);
      const usual = said === 'usual' ? usualOf(spec) : said;
      if (at === undefined || id === undefined || usual === undefined) return;
      // One word in lower case is right in every style but one.
      if (isIn(usual, id) || (wordsOf(id).length === 1 && /^[a-z]/.test(id))) return;
      report({
        at,
        on: 'value',
        message: `The operation ids of this API are in ${usual}: \`${toCasing(usual, id)}\` would fit, \`${id}\` does not.`,
      });
    },
  },
});
