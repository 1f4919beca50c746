import { replaceValue } from '../edit';
import type { FieldWords } from '../field-words';
import { fieldWords } from '../field-words';
import type { Report } from '../rule';
import type { Spec } from '../spec';
import type { TreeNode } from '../tree';
import { meantBy } from '../words';
import { defineRule } from '../rule';

/** What people write for a type that goes by another name. */
const otherNames: Readonly<Record<string, string>> = {
  int: 'integer',
  int32: 'integer',
  int64: 'integer',
  long: 'integer',
  float: 'number',
  double: 'number',
  decimal: 'number',
  bool: 'boolean',
  str: 'string',
  text: 'string',
  date: 'string',
  datetime: 'string',
  uuid: 'string',
  list: 'array',
  dict: 'object',
  map: 'object',
};

function check(node: TreeNode, values: FieldWords, report: Report, spec: Spec): void {
  for (const field in values) {
    const entry = node.get(field)?.actual;
    const known = values[field];
    if (entry === undefined || known === undefined) continue;
    const place = { field, known, report, spec };
    if (entry.kind !== 'list') checkValue(entry, place);
    else for (const one of entry.children) checkValue(one, place);
  }
}

function checkValue(at: TreeNode, place: Place): void {
  const node = at.actual;
  if (place.known.some((one) => node.says(one))) return;
  const value = node.string;
  if (value !== undefined) tell(at, value, place);
}

interface Place {
  readonly field: string;
  readonly known: readonly string[];
  readonly report: Report;
  readonly spec: Spec;
}

function tell(at: TreeNode, value: string, { field, known, report, spec }: Place): void {
  const other = field === 'type' && Object.hasOwn(otherNames, value) ? otherNames[value] : undefined;
  const meant = other !== undefined && known.includes(other) ? other : meantBy(value, known);
  const hint = meant === undefined ? '' : ` Did you mean \`${meant}\`?`;
  report({
    at,
    on: 'value',
    message: `\`${field}\` can be ${listed(known)}, and not \`${value}\`.${hint}`,
    fix:
      meant === undefined
        ? undefined
        : { title: `Change to ${meant}`, safe: false, edits: () => replaceValue(spec, at, meant) },
  });
}

function listed(known: readonly string[]): string {
  return known.length === 1 ? `only \`${known[0]}\`` : `${known.slice(0, -1).join(', ')} or ${known.at(-1)}`;
}

export const fieldValue = defineRule({
  id: 'field-value',
  summary: 'Fields with a fixed set of values have one of them.',
  why: 'A value that the specification does not know is passed over: a parameter `in: body` of OpenAPI 3 is never sent, and a type `int` is never checked.',
  severity: 'error',
  source: {
    guideline: 'OpenAPI Specification',
    ref: 'Schema',
    url: 'https://spec.openapis.org/oas/v3.1.1.html#schema',
  },
  fixable: true,
  presets: ['recommended', 'strict', 'spectral-oas', 'redocly-recommended'],
  bad: `components:
  schemas:
    Count:
      type: int # want
`,
  good: `components:
  schemas:
    Count:
      type: integer
`,
  visit: {
    parameter: (node, report, spec) => check(node, fieldWords(spec.version).parameter, report, spec),
    header: (node, report, spec) => check(node, fieldWords(spec.version).header, report, spec),
    items: (node, report, spec) => check(node, fieldWords(spec.version).items, report, spec),
    encoding: (node, report, spec) => check(node, fieldWords(spec.version).parameter, report, spec),
    securityScheme: (node, report, spec) =>
      check(node, fieldWords(spec.version).securityScheme, report, spec),
    schema: (node, report, spec) => check(node, fieldWords(spec.version).schema, report, spec),
    xml: (node, report, spec) => check(node, fieldWords(spec.version).xml, report, spec),
    operation: (node, report, spec) => check(node, fieldWords(spec.version).operation, report, spec),
    document: (node, report, spec) => check(node, fieldWords(spec.version).operation, report, spec),
  },
});
