import type { Report } from '../rule';
import type { TreeNode } from '../tree';
import { defineRule } from '../rule';

const actions = ['operationId', 'operationPath', 'workflowId'] as const;

function unique(nodes: readonly TreeNode[], field: string, report: Report): void {
  const seen = new Set<string>();
  for (const node of nodes) {
    const at = node.get(field);
    if (at?.string === undefined) continue;
    if (seen.has(at.string)) report({ at, message: `\`${at.string}\` is the name of another one already.` });
    seen.add(at.string);
  }
}

export const workflowStructure = defineRule({
  id: 'workflow-structure',
  summary: 'Arazzo: names are unique, and each step does one thing that exists.',
  why: 'Steps and workflows are called by their names, and results are passed on by them. With two of one name, or none, the wrong one runs.',
  severity: 'error',
  source: {
    guideline: 'Arazzo Specification',
    ref: 'Step Object',
    url: 'https://spec.openapis.org/arazzo/v1.0.1.html#step-object',
  },
  presets: ['recommended', 'strict'],
  bad: `arazzo: 1.0.1
info: { title: Orders, version: 1.0.0 }
sourceDescriptions:
  - { name: shop, url: shop.yaml, type: openapi }
workflows:
  - workflowId: order
    dependsOn: [login] # want
    steps:
      - stepId: create
        operationId: createOrder
      - stepId: create # want
        operationId: payOrder
      - stepId: wait # want
`,
  good: `arazzo: 1.0.1
info: { title: Orders, version: 1.0.0 }
sourceDescriptions:
  - { name: shop, url: shop.yaml, type: openapi }
workflows:
  - workflowId: order
    steps:
      - stepId: create
        operationId: createOrder
      - stepId: pay
        operationId: payOrder
`,
  visit: {
    arazzoDocument(root, report) {
      unique(root.childrenOf('sourceDescriptions'), 'name', report);
      const workflows = root.childrenOf('workflows');
      unique(workflows, 'workflowId', report);
      const names = new Set(workflows.flatMap((one) => one.stringAt('workflowId') ?? []));
      for (const workflow of workflows)
        for (const at of workflow.childrenOf('dependsOn')) {
          const name = at.string;
          if (name !== undefined && !name.startsWith('$') && !names.has(name))
            report({ at, message: `No workflow here is called \`${name}\`.` });
        }
    },
    workflow(node, report) {
      unique(node.childrenOf('steps'), 'stepId', report);
    },
    step(node, report) {
      const said = actions.filter((field) => node.has(field));
      const [, second] = said;
      if (said.length === 0)
        report({
          at: node.get('stepId') ?? node,
          message:
            'This step does nothing: name what it calls, with `operationId`, `operationPath` or `workflowId`.',
        });
      else if (second !== undefined)
        report({
          at: node.get(second) ?? node,
          message: `A step does one thing; \`${said[0]}\` says already which.`,
        });
    },
    sourceDescription(node, report) {
      const at = node.get('type');
      if (at?.string !== undefined && !['openapi', 'arazzo'].includes(at.string))
        report({ at, on: 'value', message: 'A source is described by `openapi` or by `arazzo`.' });
    },
  },
});
