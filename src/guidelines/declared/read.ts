/** Reads declared rules: their given, then, message and formats. */
import { messageOf } from '../../base/errors';
import { keysOf } from '../config/help';
import { levelOf } from '../config/rule-entries';
import type { ConfigText } from '../config/text';
import { plain } from '../config/text';
import type { Rule, Severity } from '../rule';
import { severities } from '../rule';
import type { TreeNode } from '../tree';
import type { Aliases } from './aliases';
import { expanded } from './aliases';
import { versionsOf } from './formats';
import type { Ask } from './functions';
import { askOf } from './functions';
import type { FunctionName } from './names';
import { functionNames } from './names';
import { parsePath } from './path';
import type { Declared, Given, Then } from './rule';
import { declaredRule, fieldOf } from './rule';
import { unknownKeywords } from './schema';

/** What asks a function of the team with the options of a `then`; undefined for one that is not known. */
export type TeamFunctions = (text: ConfigText, then: TreeNode, name: string) => Ask | 'told' | undefined;

export interface Reading {
  /** Where the rules come from, for people. */
  readonly guideline: string;
  /** What names in `given` stand for, as `#PathItem`. */
  readonly aliases: Aliases;
  /** The formats of rules that name none. */
  readonly formats?: readonly string[];
  /** Where more is written about rules that don't say; the name of the rule is put behind it. */
  readonly documentation?: string | undefined;
  /** The functions of the team that can be called, by name. */
  readonly functions?: TeamFunctions;
  /** What is done with a function that is not ours: an error, or a note that it is not run. */
  unknownFunction(node: TreeNode, name: string): void;
}

/** A rule; undefined when something of it is wrong, which is told of. */
export function readDeclared(text: ConfigText, entry: TreeNode, reading: Reading): Rule | undefined {
  const { actual } = entry;
  const given = pathsOf(text, actual.get('given'), reading);
  const then = thensOf(text, entry, reading);
  if (given === undefined || then === undefined) return undefined;
  return declaredRule({
    id: entry.key ?? '',
    ...wordsOf(entry),
    severity: severityOf(actual.get('severity')),
    given,
    then,
    isResolved: actual.get('resolved')?.actual.value !== false,
    versions: versionsFor(actual, reading),
    source: { guideline: reading.guideline, url: urlOf(actual) ?? urlBehind(reading.documentation, entry) },
  });
}

/** What a rule says of itself, and what its findings say. */
function wordsOf({
  actual,
  key = '',
}: TreeNode): Pick<Declared, 'summary' | 'why' | 'description' | 'message'> {
  const [message, description] = [actual.stringAt('message'), actual.stringAt('description')];
  const summary = actual.stringAt('summary') ?? description ?? message ?? key;
  return {
    summary,
    why: actual.stringAt('why') ?? description ?? summary,
    description: description ?? actual.stringAt('summary'),
    message,
  };
}

const urlOf = (node: TreeNode): string | undefined =>
  node.stringAt('url') ?? node.stringAt('documentationUrl');

function versionsFor(
  node: TreeNode,
  { formats: usual = [] }: Reading,
): ReturnType<typeof versionsOf> | undefined {
  const said = node.childrenOf('formats').flatMap((one) => one.actual.string ?? []);
  const formats = said.length === 0 ? usual : said;
  return formats.length === 0 ? undefined : versionsOf(formats);
}

function urlBehind(documentation: string | undefined, { key = '' }: TreeNode): string | undefined {
  return documentation === undefined
    ? undefined
    : `${documentation.replace(/#$/, '')}#${encodeURIComponent(key)}`;
}

function severityOf(node: TreeNode | undefined): Severity {
  const level = levelOf(node);
  return severities.find((one) => one === level) ?? 'warning';
}

function pathsOf(
  text: ConfigText,
  node: TreeNode | undefined,
  { aliases }: Reading,
): readonly Given[] | undefined {
  const paths = text.items(node, 'given').flatMap((item) => {
    const path = text.text(item, 'given');
    return path === undefined
      ? []
      : expanded(path, aliases).map(({ path: one, versions }) =>
          attempt(text, item, () => ({ steps: parsePath(one), versions })),
        );
  });
  const sound = paths.filter((one) => one !== undefined);
  return sound.length < paths.length || sound.length === 0 ? undefined : sound;
}

function thensOf(text: ConfigText, entry: TreeNode, reading: Reading): readonly Then[] | undefined {
  const node = entry.actual.get('then');
  if (node === undefined) return undefined;
  const items = node.actual.kind === 'list' ? node.actual.children : [node];
  const thens = items.map((item) => thenOf(text, item, reading));
  const sound = thens.filter((one) => one !== undefined);
  return sound.length < thens.length ? undefined : sound;
}

function thenOf(text: ConfigText, item: TreeNode, reading: Reading): Then | undefined {
  const { actual } = item;
  text.checkKeys(item, keysOf('then'));
  const named = text.text(actual.get('function'), 'function');
  if (named === undefined) {
    if (!actual.has('function')) text.say(item, 'A `then` needs a `function`.');
    return undefined;
  }
  const ask = reading.functions?.(text, item, named);
  if (ask !== undefined) return ask === 'told' ? undefined : askedAt(text, item, ask);
  const name = functionNames.find((one) => one === named);
  if (name === undefined) {
    reading.unknownFunction(actual.get('function') ?? item, named);
    return undefined;
  }
  return thenWith(text, item, name);
}

function thenWith(text: ConfigText, item: TreeNode, name: FunctionName): Then | undefined {
  const { actual } = item;
  const optionsNode = actual.get('functionOptions');
  const options = optionsNode === undefined ? undefined : plain(optionsNode);
  const at = optionsNode ?? actual.get('function') ?? item;
  if (name === 'schema' && !knowsSchema(text, at, options)) return undefined;
  const ask = attempt(text, at, () => askOf(name, options));
  return ask === undefined ? undefined : askedAt(text, item, ask);
}

function askedAt(text: ConfigText, item: TreeNode, ask: Ask): Then | undefined {
  const fieldName = item.actual.stringAt('field');
  const field = attempt(text, item.actual.get('field') ?? item, () => fieldOf(fieldName));
  return field === undefined ? undefined : { field, fieldName, ask };
}

function knowsSchema(text: ConfigText, at: TreeNode, options: unknown): boolean {
  const schema: unknown =
    typeof options === 'object' && options !== null && 'schema' in options ? options.schema : {};
  const odd = [...new Set(unknownKeywords(schema))];
  if (odd.length === 0) return true;
  text.say(
    at,
    `This schema uses ${odd.join(', ')}, which is not understood, so the rule is not run.`,
    'info',
  );
  return false;
}

/** What `make` gives; what it refuses is told of. */
function attempt<T>(text: ConfigText, node: TreeNode, make: () => T): T | undefined {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    text.say(node, `This is not taken: ${messageOf(error).replace(/\.$/, '')}.`);
    return undefined;
  }
}
