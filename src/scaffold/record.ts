import { Document, isMap, isScalar, parseDocument } from 'yaml';
import type { Pair } from 'yaml';
import { isObject, stringAt, stringMap } from '../base/json';
import type { Answers } from './answer';
import { isAnswer } from './answer';
import { brokenRecord } from './errors';
import { keepComments } from './record-comments';

/** The file of a service that holds the record of its template. */
export const recordFile = 'servicewright.yaml';

/** What a service remembers of its template. */
export interface TemplateRecord {
  readonly id: string;
  readonly version: string;
  /** `bundled`, the folder, or `git+https://…`. */
  readonly source: string;
  /** Of a template from git. */
  readonly commit?: string;
  /** What was asked, never secrets. */
  readonly answers: Answers;
  /** SHA-256 of each managed file as the template gave it, by path. */
  readonly files: Readonly<Record<string, string>>;
}

/**
 * The text of a `servicewright.yaml` with this record as its `template:`; all other lines stay as they are, comments and line ends too.
 * `path` is for messages. Throws UserError `scaffold/broken-record` where the text is no mapping in YAML.
 */
export function writeRecord(text: string, record: TemplateRecord, path: string = recordFile): string {
  const document = parseDocument(text, { prettyErrors: false });
  const problem = document.errors[0];
  if (problem) throw brokenRecord(path, problem.message);
  const root = document.contents;
  const block = inOrder(record);
  if (root === null) return text + yamlOf(block);
  if (!isMap(root)) throw brokenRecord(path, 'it must be a mapping with at least a name');
  const old = root.items.find((pair) => isScalar(pair.key) && pair.key.value === 'template');
  if (root.flow === true || (old !== undefined && !isOnOwnLines(text, old))) {
    const node = document.createNode(block);
    keepComments(old?.value, node);
    document.set('template', node);
    return document.toString(style);
  }
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  const lines = (written: string): string => written.replaceAll('\n', lineEnd);
  if (!old) return `${text.trimEnd()}${lineEnd}${lineEnd}${lines(yamlOf(block))}`;
  const { start, end } = linesOf(text, old);
  // By itself: what follows it is not a part of it.
  const alone = parseDocument(text.slice(start, end).replaceAll('\r\n', '\n'));
  return text.slice(0, start) + lines(yamlOf(block, alone.get('template', true))) + text.slice(end);
}

/** What `template:` of a `servicewright.yaml` says; undefined where there is no such record. One of an older tool has no source and no files. */
export function readRecord(text: string): TemplateRecord | undefined {
  const value = valueOf(text);
  const said = isObject(value) ? value['template'] : undefined;
  const id = stringAt(said, 'id');
  const version = stringAt(said, 'version');
  if (!isObject(said) || id === undefined || version === undefined) return undefined;
  const commit = stringAt(said, 'commit');
  return {
    id,
    version,
    source: stringAt(said, 'source') ?? 'bundled',
    ...(commit === undefined ? {} : { commit }),
    answers: answersIn(said['answers']),
    files: stringMap(said['files']),
  };
}

function valueOf(text: string): unknown {
  const document = parseDocument(text, { prettyErrors: false });
  if (document.errors.length > 0) return undefined;
  try {
    return document.toJS();
  } catch (error) {
    // Aliases that multiply themselves.
    if (error instanceof ReferenceError) return undefined;
    throw error;
  }
}

/** Answers are texts, yes and no, and lists of texts; a number that lost its quotes counts as its text, anything else is left out. */
function answersIn(value: unknown): Answers {
  if (!isObject(value)) return {};
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, answer]) => {
      const plain = typeof answer === 'number' ? String(answer) : answer;
      return isAnswer(plain) ? [[key, plain] as const] : [];
    }),
  );
}

function inOrder({ id, version, source, commit, answers, files }: TemplateRecord): Record<string, unknown> {
  const paths = Object.keys(files).toSorted();
  return {
    id,
    version,
    source,
    ...(commit === undefined ? {} : { commit }),
    answers,
    files: Object.fromEntries(paths.map((path) => [path, files[path]])),
  };
}

const style = { lineWidth: 0 };

/** Words that older readers take for yes and no are in quotes; comments of the block that was there stay. */
function yamlOf(block: Record<string, unknown>, old?: unknown): string {
  const document = new Document({ template: block }, { compat: 'yaml-1.1' });
  keepComments(old, document.get('template', true));
  return document.toString(style);
}

const startOf = (pair: Pair): number => {
  const range = isScalar(pair.key) ? pair.key.range : undefined;
  return range?.[0] ?? 0;
};

/** Whether the key begins its line, as it does in every mapping that is not within braces. */
function isOnOwnLines(text: string, pair: Pair): boolean {
  const start = startOf(pair);
  return start === 0 || text[start - 1] === '\n' || text[start - 1] === '\uFEFF';
}

/** From the key to the last line that is indented below it; blank lines and comments after that belong to what follows. */
function linesOf(text: string, pair: Pair): { readonly start: number; readonly end: number } {
  const start = startOf(pair);
  const lines = text.slice(start).split(/(?<=\n)/);
  let last = 0;
  for (let at = 1; at < lines.length; at++) {
    const line = lines[at] ?? '';
    if (/^[ \t]+[^\s]/.test(line)) last = at;
    else if (line.trim() !== '' && !line.startsWith('#')) break;
  }
  return { start, end: start + lines.slice(0, last + 1).join('').length };
}
