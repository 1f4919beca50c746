import { canInsert, insertBefore } from '../edit';
import { reasonOf } from '../http';
import type { Fix, Report, Rule } from '../rule';
import { defineRule } from '../rule';
import type { NodeType } from '../shapes';
import { nodeTypes } from '../shapes';
import type { Spec } from '../spec';
import type { TreeNode } from '../tree';
import { capitalized, wordsOf } from '../words';

const always: Readonly<Partial<Record<NodeType, readonly string[]>>> = {
  document: ['info'],
  info: ['title', 'version'],
  license: ['name'],
  externalDocs: ['url'],
  server: ['url'],
  serverVariable: ['default'],
  tag: ['name'],
  parameter: ['name', 'in'],
  items: ['type'],
  requestBody: ['content'],
  response: ['description'],
  securityScheme: ['type'],
  oauthFlow: ['scopes'],
  asyncDocument2: ['info', 'channels'],
  asyncDocument3: ['info'],
  asyncInfo: ['title', 'version'],
  asyncServer2: ['url', 'protocol'],
  asyncServer3: ['host', 'protocol'],
  asyncOperation3: ['action', 'channel'],
  arazzoDocument: ['info', 'sourceDescriptions', 'workflows'],
  arazzoInfo: ['title', 'version'],
  sourceDescription: ['name', 'url'],
  workflow: ['workflowId', 'steps'],
  step: ['stepId'],
  criterion: ['condition'],
  overlayDocument: ['info', 'actions'],
  overlayInfo: ['title', 'version'],
  overlayAction: ['target'],
};

/** What the older versions ask for beyond that: since 3.1 a document can hold only webhooks, or only components. */
const before31: Readonly<Partial<Record<NodeType, readonly string[]>>> = {
  document: ['info', 'paths'],
  operation: ['responses'],
};

function requiredOf(type: NodeType, spec: Spec): readonly string[] {
  if (type === 'response' && spec.version === '3.2') return [];
  if (type === 'oauthFlow' && spec.version === '2.0') return [];
  const isOld = spec.version === '2.0' || spec.version === '3.0';
  return (isOld ? before31[type] : undefined) ?? always[type] ?? [];
}

function describe(spec: Spec, response: TreeNode): Fix | undefined {
  const text = reasonOf(response.key ?? '') ?? nameInWords(response);
  const [first] = response.children;
  if (!canInsert(response) || first === undefined || text === undefined) return undefined;
  return {
    title: `Add description: ${text}`,
    safe: true,
    edits: () => insertBefore(spec, first, ['description', text]),
  };
}

/** A shared response (`NotFound`) says by its name what it is. */
function nameInWords({ key = '', parent }: TreeNode): string | undefined {
  const words = parent?.parent?.key === 'components' ? wordsOf(key) : [];
  return words.length === 0 ? undefined : capitalized(words.join(' '));
}

function visitOf(type: NodeType): NonNullable<Rule['visit'][NodeType]> {
  return (node, report, spec) => {
    for (const field of requiredOf(type, spec)) {
      if (node.has(field)) continue;
      report({
        at: node,
        message: `\`${field}\` is missing here, and the specification requires it.`,
        fix: type === 'response' ? describe(spec, node) : undefined,
      });
    }
    if (type === 'document' && (spec.version === '3.1' || spec.version === '3.2')) needsContent(node, report);
  };
}

function needsContent(root: TreeNode, report: Report): void {
  if (['paths', 'webhooks', 'components'].some((field) => root.has(field))) return;
  report({
    at: root,
    message: 'A description has at least one of `paths`, `webhooks` and `components`; this one has none.',
  });
}

export const requiredField = defineRule({
  id: 'required-field',
  summary: 'Objects have the fields that the specification requires.',
  why: 'A description without them is not valid, and generators and gateways refuse it. A response’s description is what a caller reads when something went wrong.',
  severity: 'error',
  source: {
    guideline: 'OpenAPI Specification',
    ref: 'Schema',
    url: 'https://spec.openapis.org/oas/v3.1.1.html#schema',
  },
  fixable: true,
  presets: ['recommended', 'strict', 'spectral-oas', 'redocly-recommended'],
  bad: `components:
  responses:
    NotFound: # want
      content:
        application/problem+json:
          schema: { type: object }
`,
  good: `components:
  responses:
    NotFound:
      description: There is no such order.
      content:
        application/problem+json:
          schema: { type: object }
`,
  visit: Object.fromEntries(
    nodeTypes
      .filter((type) => always[type] !== undefined || before31[type] !== undefined)
      .map((type) => [type, visitOf(type)]),
  ),
});
