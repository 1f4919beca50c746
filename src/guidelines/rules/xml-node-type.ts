import { renameKey, replaceValue } from '../edit';
import type { Fix } from '../rule';
import type { Spec } from '../spec';
import type { TreeNode } from '../tree';
import { defineRule } from '../rule';

function rewrite(spec: Spec, at: TreeNode, meant: string): Fix {
  return {
    title: `Change to nodeType: ${meant}`,
    safe: true,
    edits: () => [...renameKey(spec, at, 'nodeType'), ...replaceValue(spec, at, meant)],
  };
}

export const xmlNodeType = defineRule({
  id: 'xml-node-type',
  summary: 'Since OpenAPI 3.2, XML attributes and wrappers are said with `nodeType`.',
  why: 'OpenAPI 3.2 gives up `attribute` and `wrapped` for one field that also knows text and CDATA; new tools may read only that one.',
  severity: 'info',
  source: {
    guideline: 'OpenAPI Specification',
    ref: 'XML Object',
    url: 'https://spec.openapis.org/oas/v3.2.0.html#xml-object',
  },
  fixable: true,
  presets: ['recommended', 'strict', 'spectral-oas'],
  bad: `openapi: 3.2.0
components:
  schemas:
    Order:
      type: object
      properties:
        id:
          type: string
          xml:
            attribute: true # want
`,
  good: `openapi: 3.2.0
components:
  schemas:
    Order:
      type: object
      properties:
        id:
          type: string
          xml:
            nodeType: attribute
`,
  visit: {
    xml(node, report, spec) {
      if (spec.version !== '3.2') return;
      for (const [field, meant] of [
        ['attribute', 'attribute'],
        ['wrapped', 'element'],
      ] as const) {
        const at = node.get(field);
        if (at?.value !== true) continue;
        const isFixable = !node.has('nodeType') && at.parent === node;
        report({
          at,
          message: `OpenAPI 3.2 gives up \`${field}\`: write \`nodeType: ${meant}\`.`,
          fix: isFixable ? rewrite(spec, at, meant) : undefined,
        });
      }
    },
  },
});
