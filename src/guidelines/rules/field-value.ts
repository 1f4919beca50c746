import { replaceValue } from '../edit';
import type { Report } from '../rule';
import type { Spec } from '../spec';
import type { TreeNode } from '../tree';
import { meantBy } from '../words';
import { defineRule } from '../rule';

type Values = Readonly<Record<string, readonly string[]>>;
type Table = Readonly<
  Record<'parameter' | 'header' | 'securityScheme' | 'schema' | 'xml' | 'operation', Values>
>;

const words = (text: string): readonly string[] => text.split(' ');
const types = words('string number integer boolean array object');

const swagger2: Table = {
  parameter: {
    in: words('query header path formData body'),
    collectionFormat: words('csv ssv tsv pipes multi'),
    type: words('string number integer boolean array file'),
  },
  header: { type: types.slice(0, -1), collectionFormat: words('csv ssv tsv pipes') },
  securityScheme: {
    type: words('basic apiKey oauth2'),
    in: words('query header'),
    flow: words('implicit password application accessCode'),
  },
  schema: { type: [...types, 'null', 'file'] },
  xml: {},
  operation: { schemes: words('http https ws wss') },
};

const openapi30: Table = {
  parameter: {
    in: words('query header path cookie'),
    style: words('matrix label form simple spaceDelimited pipeDelimited deepObject'),
  },
  header: { style: ['simple'] },
  securityScheme: { type: words('apiKey http oauth2 openIdConnect'), in: words('query header cookie') },
  schema: { type: types },
  xml: {},
  operation: {},
};

const openapi31: Table = {
  ...openapi30,
  securityScheme: { ...openapi30.securityScheme, type: words('apiKey http oauth2 openIdConnect mutualTLS') },
  schema: { type: [...types, 'null'] },
};

const openapi32: Table = {
  ...openapi31,
  parameter: {
    in: words('query header path cookie querystring'),
    style: [...(openapi30.parameter['style'] ?? []), 'cookie'],
  },
  xml: { nodeType: words('element attribute text cdata none') },
};

const tables: Readonly<Record<string, Table>> = {
  '2.0': swagger2,
  '3.0': openapi30,
  '3.1': openapi31,
  '3.2': openapi32,
};

function tableFor(spec: Spec): Table {
  return tables[spec.version] ?? openapi31;
}

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

function check(node: TreeNode, values: Values, report: Report, spec: Spec): void {
  for (const [field, known] of Object.entries(values)) {
    const entry = node.get(field)?.actual;
    if (entry === undefined) continue;
    for (const at of entry.kind === 'list' ? entry.children : [entry]) {
      const value = at.actual.string;
      if (value !== undefined && !known.includes(value)) tell(at, value, { field, known, report, spec });
    }
  }
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
    parameter: (node, report, spec) => check(node, tableFor(spec).parameter, report, spec),
    header: (node, report, spec) => check(node, tableFor(spec).header, report, spec),
    encoding: (node, report, spec) => check(node, tableFor(spec).parameter, report, spec),
    securityScheme: (node, report, spec) => check(node, tableFor(spec).securityScheme, report, spec),
    schema: (node, report, spec) => check(node, tableFor(spec).schema, report, spec),
    xml: (node, report, spec) => check(node, tableFor(spec).xml, report, spec),
    operation: (node, report, spec) => check(node, tableFor(spec).operation, report, spec),
    document: (node, report, spec) => check(node, tableFor(spec).operation, report, spec),
  },
});
