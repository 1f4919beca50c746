/** Reads one Taskfile with its positions. The one file of this source that knows YAML; it is loaded when a Taskfile is read. */
import type { Pair } from 'yaml';
import { LineCounter, isMap, isPair, isScalar, parseDocument } from 'yaml';
import type { Range } from '../../../base/text';
import type { JsonObject } from '../../../base/json';
import { isObject, stringAt } from '../../../base/json';

export interface TaskEntry {
  readonly name: string;
  readonly range: Range;
  readonly description: string | undefined;
  readonly aliases: readonly string[];
  /** Not to be run by a person. */
  readonly isInternal: boolean;
  readonly dependencies: readonly string[];
  readonly commands: readonly string[];
  /** Variables that have to be given. */
  readonly requires: readonly string[];
}

export interface IncludeEntry {
  readonly name: string;
  readonly range: Range;
  readonly path: string;
  readonly isFlat: boolean;
  readonly isInternal: boolean;
  readonly excludes: readonly string[];
}

export interface Taskfile {
  readonly tasks: readonly TaskEntry[];
  readonly includes: readonly IncludeEntry[];
}

/** Never throws, on any text: what is no Taskfile holds no task. */
export function readTaskfile(text: string): Taskfile {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    strict: false,
    uniqueKeys: false,
    logLevel: 'silent',
  });
  const root = document.contents;
  const value: unknown = plainValue(() => document.toJS({ maxAliasCount: 1000 }));
  const entries = (key: string): readonly Entry[] => {
    const node = isMap(root) ? root.get(key, true) : undefined;
    const values = isObject(value) ? value[key] : undefined;
    if (!isMap(node) || !isObject(values)) return [];
    return node.items.flatMap((pair) => entryOf(pair, values, lines) ?? []);
  };
  return {
    tasks: entries('tasks').map(taskOf),
    includes: entries('includes').flatMap((entry) => includeOf(entry) ?? []),
  };
}

interface Entry {
  readonly name: string;
  readonly range: Range;
  readonly value: unknown;
}

/** Aliases may refer to nothing, or to so much that it is refused. */
function plainValue(read: () => unknown): unknown {
  try {
    return read();
  } catch {
    return undefined;
  }
}

function entryOf(
  pair: Pair,
  values: Readonly<Record<string, unknown>>,
  lines: LineCounter,
): Entry | undefined {
  if (!isPair(pair) || !isScalar(pair.key) || !pair.key.range) return undefined;
  const name = String(pair.key.value);
  const [start, end] = pair.key.range;
  const isQuoted = pair.key.type === 'QUOTE_DOUBLE' || pair.key.type === 'QUOTE_SINGLE';
  const from = lines.linePos(isQuoted ? start + 1 : start);
  const to = lines.linePos(isQuoted ? end - 1 : end);
  return {
    name,
    range: {
      start: { line: from.line - 1, character: from.col - 1 },
      end: { line: to.line - 1, character: to.col - 1 },
    },
    value: values[name],
  };
}

/** A task is a map, or in short only its commands. */
function taskOf({ name, range, value }: Entry): TaskEntry {
  const fields: JsonObject = isObject(value) ? value : { cmds: [value].flat() };
  const description = (stringAt(fields, 'desc') ?? stringAt(fields, 'summary'))?.trim().split('\n')[0];
  const { requires } = fields;
  return {
    name,
    range,
    description: description === '' ? undefined : description,
    aliases: texts(fields['aliases']),
    isInternal: fields['internal'] === true,
    dependencies: namesIn(fields['deps'], 'task'),
    commands: namesIn([fields['cmds'] ?? fields['cmd'] ?? []].flat(), 'cmd'),
    requires: isObject(requires) ? namesIn(requires['vars'], 'name') : [],
  };
}

function includeOf({ name, range, value }: Entry): IncludeEntry | undefined {
  const path = typeof value === 'string' ? value : stringAt(value, 'taskfile');
  if (path === undefined) return undefined;
  const flag = (key: string): boolean => isObject(value) && value[key] === true;
  return {
    name,
    range,
    path,
    isFlat: flag('flatten'),
    isInternal: flag('internal'),
    excludes: isObject(value) ? texts(value['excludes']) : [],
  };
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}

/** The entries of a list: texts, or objects that hold one under `key`. */
function namesIn(value: unknown, key: string): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [];
  return list.flatMap((one) => (typeof one === 'string' ? one : (stringAt(one, key) ?? [])));
}
