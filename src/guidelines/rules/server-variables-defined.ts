import { spanWithin } from '../edit';
import { templateNames } from '../openapi';
import type { Report } from '../rule';
import { defineRule } from '../rule';
import type { Spec } from '../spec';
import type { Span, TreeNode } from '../tree';

function placeholder(url: TreeNode, text: string, name: string, spec: Spec): Span {
  const from = text.indexOf(`{${name}}`);
  return spanWithin(spec, url, text, [from, from + name.length + 2]);
}

function checkUsed(variable: TreeNode, names: ReadonlySet<string>, report: Report): void {
  const { key = '' } = variable;
  if (names.has(key) || key.startsWith('x-') || key === '<<') return;
  report({ at: variable, message: `The address has no \`{${key}}\`, so this variable does nothing.` });
}

export const serverVariablesDefined = defineRule({
  id: 'server-variables-defined',
  summary: 'Each `{variable}` of a server’s address is defined, and each defined one stands in it.',
  why: 'An address with a hole can’t be called, and a variable that no address has is asked for and then thrown away.',
  severity: 'error',
  source: {
    guideline: 'OpenAPI Specification',
    ref: 'Server Object',
    url: 'https://spec.openapis.org/oas/v3.1.1.html#server-object',
  },
  presets: ['recommended', 'strict', 'spectral-oas', 'redocly-recommended'],
  bad: `servers:
  - url: https://{region}.example.com/{base} # want
    variables:
      region: { default: eu }
`,
  good: `servers:
  - url: https://{region}.example.com
    variables:
      region: { default: eu }
`,
  visit: {
    server(node, report, spec) {
      const url = node.get('url');
      const text = url?.string;
      if (url === undefined || text === undefined) return;
      const names = new Set(templateNames(text));
      const variables = node.get('variables')?.actual;
      for (const name of names)
        if (variables?.has(name) !== true)
          report({
            at: url,
            on: placeholder(url, text, name, spec),
            message: `\`{${name}}\` is not defined under \`variables\`, so this address can’t be called.`,
          });
      for (const variable of variables?.children ?? []) checkUsed(variable, names, report);
    },
  },
});
