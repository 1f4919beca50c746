import { appendItem, replaceValue } from '../edit';
import { fact } from '../fact';
import type { Fix } from '../rule';
import { flagOption } from '../option';
import { defineRule } from '../rule';
import type { Spec } from '../spec';
import type { TreeNode } from '../tree';
import { meantBy } from '../words';

const always = flagOption('always', false, 'Whether it is asked also where no tag is declared at all.');

const declaredTags = fact(
  (spec: Spec): ReadonlySet<string> =>
    new Set(spec.root.childrenOf('tags').flatMap((tag) => tag.stringAt('name') ?? [])),
);

function fixOf(spec: Spec, tag: TreeNode, name: string, meant: string | undefined): Fix | undefined {
  if (meant !== undefined)
    return { title: `Rename to ${meant}`, safe: false, edits: () => replaceValue(spec, tag, meant) };
  const list = spec.root.get('tags')?.actual;
  if (list?.kind !== 'list' || list.children.length === 0) return undefined;
  return { title: `Declare the tag ${name}`, safe: false, edits: () => appendItem(spec, list, { name }) };
}

export const tagsDefined = defineRule({
  id: 'tags-defined',
  summary: 'Where tags are declared, operations use only declared ones.',
  why: 'Documentation is grouped by tags. One that is not declared makes a group of its own without a description, most often because of a slip in its name.',
  severity: 'warning',
  source: {
    guideline: 'OpenAPI Specification',
    ref: 'Tag Object',
    url: 'https://spec.openapis.org/oas/v3.1.1.html#tag-object',
  },
  fixable: true,
  presets: ['recommended', 'strict', 'spectral-oas'],
  options: [always],
  bad: `tags:
  - name: orders
    description: Orders and their lines.
paths:
  /orders:
    get:
      tags: [order] # want
`,
  good: `tags:
  - name: orders
    description: Orders and their lines.
paths:
  /orders:
    get:
      tags: [orders]
      operationId: listOrders
      summary: List orders
      responses:
        '200': { description: The orders }
        '400': { description: The query is wrong }
`,
  wholeDocument: true,
  visit: {
    operation(node, report, spec, options) {
      const declared = declaredTags(spec);
      if (declared.size === 0 && !options.get(always)) return;
      for (const tag of node.childrenOf('tags')) {
        const name = tag.string;
        if (name === undefined || declared.has(name)) continue;
        const meant = meantBy(name, declared);
        const hint = meant === undefined ? '' : ` Did you mean \`${meant}\`?`;
        report({
          at: tag,
          message: `The tag \`${name}\` is not declared under \`tags\` at the root.${hint}`,
          fix: fixOf(spec, tag, name, meant),
        });
      }
    },
  },
});
