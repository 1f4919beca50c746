import type { Document } from 'yaml';
import { LineCounter, isNode, parseDocument } from 'yaml';
import { messageOf } from '../base/errors';
import { isObject } from '../base/json';
import { brokenAnswers, brokenTemplate } from './errors';
import { dunder } from './paths';
import { namesIn } from './render';
import type { Spot } from './spot';
import { checkKeys, listAt, mapping, matching, optional, textAt, textsAt } from './spot';
import type { FileRule, TemplateInput, TemplateManifest } from './template';
import { templateActions } from './template';
import { spellings } from './words';

const keyPattern = /^[a-z][a-zA-Z0-9]*$/;
/** Names that an answer would hide, or that would hide it: helpers, blocks, the template's own, Python's `__init__` and its like. */
const takenKeys = new Set([
  ...Object.keys(spellings),
  ...dunder,
  'template',
  'raw',
  'if',
  'unless',
  'each',
  'with',
  'lookup',
  'log',
  'this',
]);
const templateKeys = [
  'id',
  'version',
  'title',
  'description',
  'inputs',
  'computed',
  'files',
  'actions',
  'next',
];
const inputKeys = [
  'key',
  'type',
  'title',
  'prompt',
  'placeholder',
  'default',
  'pattern',
  'maxLength',
  'message',
  'reserved',
  'reservedMessage',
];
const mostCharacters = 200;

/**
 * Reads the text of a `template.yaml`; `path` is for messages.
 * Throws UserError `scaffold/broken-template` that says what is wrong, in which line, and what to write.
 */
export function parseTemplate(text: string, path: string): TemplateManifest {
  const root = spotIn(text, path);
  checkKeys(root, templateKeys);
  const manifest: TemplateManifest = {
    id: matching(root, 'id', /^[a-z][a-z0-9-]*$/, 'lower-case words joined by hyphens'),
    version: matching(root, 'version', /^\d+\.\d+\.\d+$/, 'three numbers, as in 1.0.0'),
    title: textAt(root, 'title'),
    description: textAt(root, 'description'),
    inputs: listAt(root, 'inputs').map(readInput),
    computed: readComputed(root.at('computed')),
    files: listAt(root, 'files').map(readRule),
    actions: listAt(root, 'actions').map(readAction),
    next: textsAt(root, 'next'),
  };
  checkNames(manifest, root);
  return manifest;
}

/** The root of a document whose parts know their lines. */
function spotIn(text: string, path: string): Spot {
  const lines = new LineCounter();
  const document = parseDocument(text, { prettyErrors: false, lineCounter: lines });
  const problem = document.errors[0];
  if (problem) throw brokenTemplate(path, problem.message, lines.linePos(problem.pos[0]).line - 1);
  const make = (value: unknown, way: readonly (string | number)[]): Spot => ({
    value,
    at: (key) => make(partOf(value, key), [...way, key]),
    broken: (why) => brokenTemplate(path, why, lineOf(document, lines, way)),
  });
  return make(valueOf(document, path), []);
}

/** An alias that multiplies itself is refused by the reader with an error of its own. */
function valueOf(document: Document, path: string): unknown {
  try {
    return document.toJS();
  } catch (error) {
    throw brokenTemplate(path, messageOf(error));
  }
}

function partOf(value: unknown, key: string | number): unknown {
  if (Array.isArray(value)) return typeof key === 'number' ? value[key] : undefined;
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** The zero-based line of the last part on the way that is written in the text. */
function lineOf(
  document: Document,
  lines: LineCounter,
  way: readonly (string | number)[],
): number | undefined {
  for (let length = way.length; length >= 0; length--) {
    const node = document.getIn(way.slice(0, length), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line - 1;
  }
  return undefined;
}

/** Every key is named once, and every expression names only what is known before it. */
function checkNames(manifest: TemplateManifest, root: Spot): void {
  const known = new Set<string>();
  const name = (key: string, spot: Spot): void => {
    if (!keyPattern.test(key) || takenKeys.has(key))
      throw spot.broken(`nothing can be called ${key}; use letters and digits, and no helper's name`);
    if (known.has(key)) throw spot.broken(`${key} is there twice`);
    known.add(key);
  };
  const check = (expression: string, spot: Spot): void => {
    const unknown = namesIn(expression, 'template.yaml').find((one) => one !== 'template' && !known.has(one));
    if (unknown !== undefined) throw spot.broken(`${unknown} is neither asked nor computed before this`);
  };
  manifest.inputs.forEach((input, index) => {
    const spot = root.at('inputs').at(index);
    if (input.default !== undefined) check(input.default, spot.at('default'));
    name(input.key, spot.at('key'));
  });
  for (const [key, expression] of manifest.computed) {
    check(expression, root.at('computed').at(key));
    name(key, root.at('computed').at(key));
  }
}

function readInput(spot: Spot): TemplateInput {
  checkKeys(spot, inputKeys);
  const key = textAt(spot, 'key');
  const prompt = textAt(spot, 'prompt');
  const type = optional(spot, 'type') ?? 'string';
  if (type !== 'string') throw spot.at('type').broken(`the type ${type} is not known; write string`);
  const placeholder = optional(spot, 'placeholder');
  const fallback = optional(spot, 'default');
  const pattern = optional(spot, 'pattern');
  return {
    key,
    title: textAt(spot, 'title'),
    prompt,
    ...(placeholder === undefined ? {} : { placeholder }),
    ...(fallback === undefined ? {} : { default: fallback }),
    ...(pattern === undefined ? {} : { pattern: readPattern(pattern, spot.at('pattern')) }),
    maxLength: readLength(spot.at('maxLength')),
    message: optional(spot, 'message') ?? prompt,
    reserved: new Set(textsAt(spot, 'reserved')),
    reservedMessage: optional(spot, 'reservedMessage') ?? 'This word is reserved; choose another.',
  };
}

function readPattern(pattern: string, spot: Spot): RegExp {
  try {
    return new RegExp(pattern);
  } catch (error) {
    throw spot.broken(`the pattern is no regular expression (${messageOf(error)})`);
  }
}

function readLength(spot: Spot): number {
  if (spot.value === undefined) return mostCharacters;
  if (typeof spot.value !== 'number' || !Number.isInteger(spot.value) || spot.value < 1)
    throw spot.broken('maxLength must be a whole number above 0');
  return spot.value;
}

function readComputed(spot: Spot): TemplateManifest['computed'] {
  if (spot.value === undefined) return [];
  return Object.keys(mapping(spot)).map((key) => [key, textAt(spot, key)] as const);
}

function readRule(spot: Spot): FileRule {
  checkKeys(spot, ['match', 'class']);
  const kind = textAt(spot, 'class');
  if (kind !== 'managed' && kind !== 'sample')
    throw spot.at('class').broken(`the class ${kind} is not known; write managed or sample`);
  return { match: textAt(spot, 'match'), class: kind };
}

function readAction(spot: Spot): TemplateManifest['actions'][number] {
  const action = templateActions.find((one) => one === spot.value);
  if (action === undefined)
    throw spot.broken(`${String(spot.value)} is no action; known are ${templateActions.join(', ')}`);
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
