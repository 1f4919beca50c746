import { parseDocument } from 'yaml';
import type { JsonObject } from '../base/json';
import { isObject, isString, stringAt, stringMap } from '../base/json';
import { brokenAnswers, brokenTemplate } from './errors';
import { spellings } from './words';
import type { FileRule, TemplateAction, TemplateInput, TemplateManifest } from './template';
import { templateActions } from './template';

const keyPattern = /^[a-z][a-zA-Z0-9]*$/;
const taken = new Set([
  ...Object.keys(spellings),
  'template',
  'raw',
  'if',
  'unless',
  'each',
  'with',
  'lookup',
  'log',
]);

/**
 * Reads the text of a `template.yaml`; `path` is for messages.
 * Throws UserError `scaffold/broken-template` that says what is wrong and where.
 */
export function parseTemplate(text: string, path: string): TemplateManifest {
  const document = parseDocument(text, { prettyErrors: false });
  const problem = document.errors[0];
  if (problem)
    throw brokenTemplate(path, problem.message, text.slice(0, problem.pos[0]).split('\n').length - 1);
  const value: unknown = document.toJS();
  if (!isObject(value)) throw brokenTemplate(path, 'it must be a mapping');
  const inputs = listAt(value, 'inputs', path).map((one) => readInput(one, path));
  const keys = inputs.map((input) => input.key);
  const twice = keys.find((key, index) => keys.indexOf(key) !== index);
  if (twice !== undefined) throw brokenTemplate(path, `it asks ${twice} twice`);
  return {
    id: required(value, 'id', path),
    version: required(value, 'version', path),
    title: required(value, 'title', path),
    description: required(value, 'description', path),
    inputs,
    computed: Object.entries(stringMap(value['computed'])),
    files: listAt(value, 'files', path).map((one) => readRule(one, path)),
    actions: listAt(value, 'actions', path).map((one) => readAction(one, path)),
    next: listAt(value, 'next', path).filter(isString),
  };
}

function required(value: JsonObject, key: string, path: string): string {
  const found = stringAt(value, key);
  if (found === undefined || found === '') throw brokenTemplate(path, `${key} must be a text`);
  return found;
}

function listAt(value: JsonObject, key: string, path: string): readonly unknown[] {
  const found = value[key] ?? [];
  if (!Array.isArray(found)) throw brokenTemplate(path, `${key} must be a list`);
  return found;
}

function readInput(value: unknown, path: string): TemplateInput {
  if (!isObject(value)) throw brokenTemplate(path, 'each of inputs must be a mapping');
  const key = required(value, 'key', path);
  if (!keyPattern.test(key) || taken.has(key)) throw brokenTemplate(path, `an input can't be called ${key}`);
  const type = stringAt(value, 'type') ?? 'string';
  if (type !== 'string')
    throw brokenTemplate(path, `input ${key} has the type ${type}; this version knows string`);
  const pattern = stringAt(value, 'pattern');
  return {
    key,
    title: required(value, 'title', path),
    prompt: required(value, 'prompt', path),
    ...optionalText(value, 'placeholder'),
    ...optionalText(value, 'default'),
    ...(pattern === undefined ? {} : { pattern: readPattern(pattern, key, path) }),
    maxLength: typeof value['maxLength'] === 'number' ? value['maxLength'] : 200,
    message: stringAt(value, 'message') ?? required(value, 'prompt', path),
    reserved: new Set(listAt(value, 'reserved', path).filter(isString)),
    reservedMessage: stringAt(value, 'reservedMessage') ?? 'This word is reserved; choose another.',
  };
}

function optionalText<K extends 'placeholder' | 'default'>(
  value: JsonObject,
  key: K,
): { readonly [P in K]?: string } {
  const found = stringAt(value, key);
  const out: { [P in K]?: string } = {};
  if (found !== undefined) out[key] = found;
  return out;
}

function readPattern(pattern: string, key: string, path: string): RegExp {
  try {
    return new RegExp(pattern);
  } catch (error) {
    throw brokenTemplate(
      path,
      `the pattern of ${key} is no regular expression (${error instanceof Error ? error.message : ''})`,
    );
  }
}

function readRule(value: unknown, path: string): FileRule {
  const match = stringAt(value, 'match');
  const kind = stringAt(value, 'class');
  if (match === undefined || (kind !== 'managed' && kind !== 'sample'))
    throw brokenTemplate(path, 'each of files needs match and class, which is managed or sample');
  return { match, class: kind };
}

function readAction(value: unknown, path: string): TemplateAction {
  const action = templateActions.find((one) => one === value);
  if (action === undefined)
    throw brokenTemplate(path, `${String(value)} is no action; known are ${templateActions.join(', ')}`);
  return action;
}

/** Reads a YAML or JSON file of answers. Numbers and booleans count as their text. Throws UserError `scaffold/broken-answers`. */
export function parseAnswers(text: string, path: string): Readonly<Record<string, string>> {
  const document = parseDocument(text, { prettyErrors: false });
  const problem = document.errors[0];
  if (problem) throw brokenAnswers(path, problem.message);
  const value: unknown = document.toJS();
  if (!isObject(value)) throw brokenAnswers(path, 'it must be a mapping from keys to answers');
  return Object.fromEntries(
    Object.entries(value).map(([key, answer]) => {
      if (!isPlain(answer)) throw brokenAnswers(path, `${key} must be a plain value`);
      return [key, String(answer)];
    }),
  );
}

function isPlain(value: unknown): value is string | number | boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}
