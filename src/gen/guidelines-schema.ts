import type { JsonObject } from '../base/json';
import { help } from '../guidelines/config/help';
import type { ConfigPart } from '../guidelines/config/help';
import { functionNames } from '../guidelines/declared/names';
import type { Rule } from '../guidelines/rule';
import { presets, severities } from '../guidelines/rule';

const text = { type: 'string', minLength: 1 };
const texts = { anyOf: [text, { type: 'array', items: text }] };
const address = { type: 'string', pattern: '^https?://[^/@*?#]+(?:/[^?#]*)?$' };
const severity = { enum: ['off', ...severities.toReversed()] };
const formats = ['oas2', 'oas3', 'oas3_0', 'oas3_1', 'oas3_2'];

function listOf(part: ConfigPart): JsonObject {
  return { type: 'array', items: { $ref: `#/definitions/${part}` } };
}

/** The shape of each key; what it means is in the table of the room. */
const shapes: { readonly [P in ConfigPart]: { readonly [K in keyof (typeof help)[P]]: JsonObject } } = {
  root: {
    extends: {
      anyOf: [{ $ref: '#/definitions/base' }, { type: 'array', items: { $ref: '#/definitions/base' } }],
    },
    rules: { $ref: '#/definitions/rules' },
    overrides: listOf('override'),
    ignores: listOf('ignore'),
    custom: { type: 'object', additionalProperties: { $ref: '#/definitions/custom' } },
    refs: { $ref: '#/definitions/refs' },
  },
  refs: {
    urls: { anyOf: [address, { type: 'array', items: address }] },
    privateHosts: texts,
  },
  override: { files: texts, rules: { $ref: '#/definitions/rules' } },
  ignore: { rule: text, path: text, at: { type: 'string', pattern: '^/' }, reason: text },
  rule: { severity },
  custom: {
    summary: text,
    why: text,
    message: text,
    severity,
    given: texts,
    then: { anyOf: [{ $ref: '#/definitions/then' }, listOf('then')] },
    resolved: { type: 'boolean' },
    formats: { type: 'array', items: { enum: formats } },
    url: { type: 'string', format: 'uri' },
  },
  then: { field: text, function: { enum: functionNames }, functionOptions: {} },
};

const required: Readonly<Partial<Record<ConfigPart, readonly string[]>>> = {
  override: ['files', 'rules'],
  ignore: ['rule', 'reason'],
  custom: ['given', 'then'],
  then: ['function'],
};

function part(name: ConfigPart): JsonObject {
  const meanings: Readonly<Record<string, string>> = help[name];
  const properties = Object.entries<JsonObject>(shapes[name]).map(
    ([key, shape]) => [key, { ...shape, description: meanings[key] }] as const,
  );
  return {
    type: 'object',
    ...(required[name] === undefined ? {} : { required: required[name] }),
    additionalProperties: false,
    properties: Object.fromEntries(properties),
  };
}

function ruleShape({ summary, options = [] }: Rule): JsonObject {
  const properties = Object.fromEntries(
    options.map(({ name, schema, description, default: value }) => [
      name,
      { ...schema, description, default: value },
    ]),
  );
  return {
    description: summary,
    anyOf: [
      severity,
      {
        type: 'object',
        additionalProperties: false,
        properties: { severity: { ...severity, description: help.rule.severity }, ...properties },
      },
    ],
  };
}

/** The JSON Schema (draft-07, as the YAML extension reads it) of `.servicewright/guidelines.yaml`. */
export function guidelinesSchema(rules: readonly Rule[]): JsonObject {
  const parts: readonly ConfigPart[] = ['override', 'ignore', 'custom', 'then', 'refs'];
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: '.servicewright/guidelines.yaml',
    description: 'Which API guidelines hold for the descriptions in this folder, and how gravely.',
    ...part('root'),
    definitions: {
      base: { anyOf: [{ enum: presets }, text] },
      rules: {
        type: 'object',
        properties: Object.fromEntries(rules.map((rule) => [rule.id, ruleShape(rule)])),
        additionalProperties: { anyOf: [severity, { type: 'object' }] },
      },
      ...Object.fromEntries(parts.map((name) => [name, part(name)])),
    },
  };
}
