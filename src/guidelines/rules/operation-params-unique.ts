import { defineRule } from '../rule';
import type { Report } from '../rule';
import type { Spec } from '../spec';
import type { TreeNode } from '../tree';

function check(holder: TreeNode, report: Report, spec: Spec): void {
  const seen = new Set<string>();
  for (const entry of holder.childrenOf('parameters')) {
    const found = spec.deref(entry);
    const [place, name] = [found?.stringAt('in'), found?.stringAt('name')];
    if (place === undefined || name === undefined) continue;
    // Names of headers are the same in capital letters (RFC 9110, section 5.1).
    const id = `${place} ${place === 'header' ? name.toLowerCase() : name}`;
    const at = (found === entry.actual ? entry.get('name') : entry.get('$ref')) ?? entry;
    if (seen.has(id))
      report({ at, on: 'value', message: `The ${place} parameter \`${name}\` stands in this list already.` });
    seen.add(id);
  }
}

export const operationParamsUnique = defineRule({
  id: 'operation-params-unique',
  summary: 'A list of parameters names each parameter once.',
  why: 'The specification forbids two of one name and place, and which of the two holds depends on the tool.',
  severity: 'error',
  source: {
    guideline: 'OpenAPI Specification',
    ref: 'Operation Object',
    url: 'https://spec.openapis.org/oas/v3.1.1.html#operation-object',
  },
  presets: ['recommended', 'strict', 'spectral-oas', 'redocly-recommended'],
  bad: `paths:
  /orders:
    get:
      parameters:
        - { name: state, in: query, schema: { type: string } }
        - { name: state, in: query, schema: { type: integer } } # want
`,
  good: `paths:
  /orders:
    get:
      operationId: listOrders
      summary: List orders
      parameters:
        - { name: state, in: query, schema: { type: string } }
      responses:
        '200': { description: The orders }
        '400': { description: The query is wrong }
`,
  wholeDocument: true,
  visit: { operation: check, pathItem: check },
});
