import type { JsonObject } from '../base/json';
import { help } from '../scaffold/manifest/help';
import { actionTypes, fileClasses, inputTypes } from '../scaffold/template';

type Part = keyof typeof help;

const text = { type: 'string', minLength: 1 };
const texts = { type: 'array', items: text };
const version = { type: 'string', pattern: String.raw`^\d+\.\d+\.\d+$` };
const id = { type: 'string', pattern: '^[a-z][a-z0-9-]*$' };
const key = { type: 'string', pattern: '^[a-z][a-zA-Z0-9]*$' };
const answer = { type: ['string', 'boolean', 'array', 'number'], items: text };
const answers = { type: 'object', additionalProperties: answer };
const listOf = (part: Part): JsonObject => ({ type: 'array', items: { $ref: `#/definitions/${part}` } });

/** The shape of each key; what it means is in the table of the room. */
const shapes: { readonly [P in Part]: { readonly [K in keyof (typeof help)[P]]: JsonObject } } = {
  template: {
    id,
    version,
    title: text,
    description: text,
    include: { type: 'array', items: id },
    inputs: listOf('input'),
    presets: listOf('preset'),
    computed: { type: 'object', additionalProperties: text },
    files: listOf('rule'),
    renames: listOf('rename'),
    migrations: listOf('migration'),
    constraints: listOf('constraint'),
    actions: { type: 'array', items: { anyOf: [{ enum: actionTypes }, { $ref: '#/definitions/action' }] } },
    next: texts,
  },
  input: {
    key,
    type: { enum: inputTypes },
    title: text,
    prompt: text,
    when: text,
    placeholder: text,
    pattern: { type: 'string', format: 'regex' },
    maxLength: { type: 'integer', minimum: 1, maximum: 1000 },
    message: text,
    reserved: texts,
    reservedMessage: text,
    default: {
      anyOf: [
        text,
        { type: 'boolean' },
        { type: 'array', items: { anyOf: [text, { type: 'object', required: ['value'] }] } },
      ],
    },
    choices: { type: 'array', minItems: 1, items: { anyOf: [text, { $ref: '#/definitions/choice' }] } },
    minimum: { type: 'integer', minimum: 0 },
  },
  choice: { value: text, title: text, description: text, when: text, reason: text },
  preset: { id, title: text, description: text, answers },
  rule: { match: text, class: { enum: fileClasses }, when: text },
  rename: { since: version, from: text, to: text },
  migration: {
    version,
    rename: { type: 'object', additionalProperties: key },
    split: {
      type: 'object',
      additionalProperties: {
        type: 'object',
        required: ['into'],
        additionalProperties: false,
        properties: { into: { type: 'object', additionalProperties: answers } },
      },
    },
    default: answers,
  },
  constraint: { tool: text, version: text, why: text },
  action: { type: { enum: actionTypes }, title: text, manual: text, task: text, when: text },
};

const required: Readonly<Record<Part, readonly string[]>> = {
  template: ['id', 'version', 'title', 'description'],
  input: ['key', 'title', 'prompt'],
  choice: ['value'],
  preset: ['id', 'title', 'answers'],
  rule: ['match'],
  rename: ['since', 'from', 'to'],
  migration: ['version'],
  constraint: ['tool', 'why'],
  action: ['type'],
};

function part(name: Part): JsonObject {
  const meanings: Readonly<Record<string, string>> = help[name];
  const properties = Object.entries<JsonObject>(shapes[name]).map(
    ([one, shape]) => [one, { ...shape, description: meanings[one] }] as const,
  );
  return {
    type: 'object',
    required: required[name],
    additionalProperties: false,
    properties: Object.fromEntries(properties),
  };
}

/** Keys at the top of other tools' files of the same name: CloudFormation's and Backstage's are not ours to judge. */
const foreign = ['AWSTemplateFormatVersion', 'Resources', 'apiVersion'];

/** The JSON Schema (draft-07, as the YAML extension reads it) of a template's `template.yaml`. */
export function templateSchema(): JsonObject {
  const { template, ...others } = Object.fromEntries(
    (Object.keys(shapes) as readonly Part[]).map((name) => [name, part(name)]),
  );
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'template.yaml',
    description: 'What a template asks, and what becomes of its files.',
    if: { anyOf: foreign.map((one) => ({ required: [one] })) },
    else: { $ref: '#/definitions/template' },
    definitions: { template, ...others },
  };
}
