import type { Report } from '../rule';
import type { TreeNode } from '../tree';
import { defineRule } from '../rule';

function check(node: TreeNode, at: TreeNode, report: Report): void {
  const content = node.get('content');
  const schema = node.get('schema');
  if (content === undefined && schema === undefined)
    report({ at, message: 'Say what is sent here: it has no `schema`.' });
  else if (content !== undefined && schema !== undefined)
    report({
      at: content,
      message: '`schema` says already what is sent; keep one of `schema` and `content`.',
    });
  else if (content?.actual.kind === 'map' && content.actual.children.length !== 1)
    report({
      at: content,
      message: 'Here `content` has exactly one media type, because nobody could say which one is sent.',
    });
}

export const parameterSchema = defineRule({
  id: 'parameter-schema',
  summary: 'A parameter says what it takes: with `schema`, or with `content` that has one media type.',
  why: 'Without it nobody knows what to send. With both, or with two media types, nobody knows which one holds.',
  severity: 'error',
  source: {
    guideline: 'OpenAPI Specification',
    ref: 'Parameter Object',
    url: 'https://spec.openapis.org/oas/v3.1.1.html#parameter-object',
  },
  presets: ['recommended', 'strict', 'spectral-oas', 'redocly-recommended'],
  bad: `components:
  parameters:
    limit:
      name: limit # want
      in: query
`,
  good: `components:
  parameters:
    limit:
      name: limit
      in: query
      schema: { type: integer }
`,
  visit: {
    parameter(node, report, spec) {
      const at = node.get('name') ?? node;
      if (spec.version !== '2.0') check(node, at, report);
      else if (node.stringAt('in') === 'body' ? !node.has('schema') : node.has('in') && !node.has('type'))
        report({
          at,
          message: `Say what this parameter takes: it has no \`${node.stringAt('in') === 'body' ? 'schema' : 'type'}\`.`,
        });
    },
    header(node, report, spec) {
      if (spec.version !== '2.0') check(node, node, report);
      else if (!node.has('type'))
        report({ at: node, message: 'Say what this header holds: it has no `type`.' });
    },
  },
});
