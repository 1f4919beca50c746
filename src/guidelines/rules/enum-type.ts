import { defineRule } from '../rule';
import type { Fix, Report } from '../rule';
import { typeOfValue, typesOf } from '../schemas';
import type { Spec } from '../spec';
import type { TreeNode } from '../tree';

/** A number or a word such as `true` that was meant as text lacks quotes. */
function quote(item: TreeNode, types: ReadonlySet<string>, spec: Spec): Fix | undefined {
  if (!types.has('string') || item.style !== 'plain' || item.value === null) return undefined;
  const text = item.source;
  const quotes = spec.ownRoot.style === 'flow' ? '"' : "'";
  return {
    title: 'Put the value in quotes',
    safe: true,
    edits: () => [{ start: item.start, end: item.end, text: quotes + text + quotes }],
  };
}

function check(node: TreeNode, report: Report, spec: Spec): void {
  const types = typesOf(node);
  if (types.size === 0) return;
  const isNullable = node.get('nullable')?.value === true || node.get('x-nullable')?.value === true;
  for (const item of node.childrenOf('enum')) {
    const type = typeOfValue(item.actual);
    if (types.has(type) || (type === 'integer' && types.has('number')) || (type === 'null' && isNullable))
      continue;
    report({
      at: item,
      message: `This is of the type ${type}, and the schema wants ${[...types].join(' or ')}.`,
      fix: quote(item, types, spec),
    });
  }
}

export const enumType = defineRule({
  id: 'enum-type',
  summary: 'The values of an `enum` are of the type beside it.',
  why: 'A value of another type can never be sent or received: the type forbids what the list allows. In YAML, `1.0` and `true` without quotes are no strings.',
  severity: 'warning',
  source: {
    guideline: 'JSON Schema Validation',
    ref: '6.1.2',
    url: 'https://json-schema.org/draft/2020-12/json-schema-validation#section-6.1.2',
  },
  fixable: true,
  presets: ['recommended', 'strict', 'spectral-oas', 'redocly-recommended'],
  bad: `components:
  schemas:
    ApiVersion:
      type: string
      enum:
        - 1.0 # want
        - latest
`,
  good: `components:
  schemas:
    ApiVersion:
      type: string
      enum:
        - '1.0'
        - latest
`,
  visit: {
    'schema.enum': check,
    parameter(node, report, spec) {
      if (spec.version === '2.0') check(node, report, spec);
    },
    header(node, report, spec) {
      if (spec.version === '2.0') check(node, report, spec);
    },
    items: check,
  },
});
