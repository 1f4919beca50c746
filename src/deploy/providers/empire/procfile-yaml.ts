import { LineCounter, isMap, isScalar, isSeq, parseDocument } from 'yaml';
import type { Pair, Scalar } from 'yaml';

/** A process of a Procfile as YAML has it. */
export interface ProcfileEntry {
  readonly type: string;
  /** Counted from 1. */
  readonly line: number;
  readonly value: EntryValue;
}

export type EntryValue =
  /** `type: command` */
  | { readonly kind: 'command'; readonly command: string; readonly isCommented: boolean }
  /** Settings below the type. */
  | {
      readonly kind: 'settings';
      readonly keys: readonly string[];
      readonly command: Setting;
      readonly cron: Setting;
    }
  | { readonly kind: 'other' };

/** A text, or words in a list; neither where it is something else, or absent. */
export interface Setting {
  readonly text?: string;
  readonly isWords: boolean;
}

/** The processes in the order of the file, or the line at which it is no YAML; undefined when it is no map. */
export function readProcfileYaml(
  text: string,
): readonly ProcfileEntry[] | { readonly brokenAt: number } | undefined {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, version: '1.1', prettyErrors: false });
  const [broken] = document.errors;
  if (broken) return { brokenAt: lines.linePos(broken.pos[0]).line };
  const { contents } = document;
  if (!isMap(contents)) return undefined;
  return contents.items.map((pair) => ({
    type: isScalar(pair.key) ? textOf(pair.key) : '?',
    line: lines.linePos(startOf(pair)).line,
    value: valueOf(pair.value),
  }));
}

const startOf = ({ key }: Pair): number =>
  isScalar(key) || isMap(key) || isSeq(key) ? (key.range?.[0] ?? 0) : 0;

/** As it was written where YAML takes it for a number or a yes. */
const textOf = ({ value, source }: Scalar): string => (typeof value === 'string' ? value : (source ?? ''));

function valueOf(value: unknown): EntryValue {
  if (isScalar(value) && value.value !== null)
    return { kind: 'command', command: textOf(value), isCommented: value.comment !== undefined };
  if (!isMap(value)) return { kind: 'other' };
  return {
    kind: 'settings',
    keys: value.items.map(({ key }) => (isScalar(key) ? textOf(key) : '?')),
    command: settingOf(value.get('command', true)),
    cron: settingOf(value.get('cron', true)),
  };
}

function settingOf(node: unknown): Setting {
  if (isScalar(node) && node.value !== null) return { text: textOf(node), isWords: false };
  return { isWords: isSeq(node) && node.items.every(isScalar) };
}
