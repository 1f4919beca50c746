/** Adds entries to the text of `.servicewright/guidelines-ignore.yaml`; what stands there stays. */
import { ConfigText } from '../config/text';
import { quoteLike } from '../render';
import type { TreeNode } from '../tree';

export interface IgnoreEntry {
  readonly rule: string;
  /** Seen from the folder that holds `.servicewright`. */
  readonly path: string;
  readonly pointer: string;
  readonly reason: string;
}

const head = `# Findings to live with. Each says why; servicewright lint tells of those that nothing needs any more.
`;

/** The text with the entries at the end of `ignores`; undefined when it has no list that can be added to. */
export function withIgnores(text: string | undefined, entries: readonly IgnoreEntry[]): string | undefined {
  const section = `ignores:\n${rendered(entries, '  ')}`;
  if (text === undefined || text.trim() === '') return head + section;
  if (text.split('\n').every((line) => /^\s*(?:#|$)/.test(line))) return ended(text) + section;
  const file = new ConfigText('', text);
  const { root } = file;
  if (!file.isSound || root.kind !== 'map' || root.style !== 'block') return undefined;
  const list = root.get('ignores');
  return list === undefined ? ended(text) + section : withMore(text, list, entries);
}

function withMore(text: string, list: TreeNode, entries: readonly IgnoreEntry[]): string | undefined {
  const last = list.children.at(-1);
  if (list.kind === 'list' && list.style === 'block' && last !== undefined) {
    const from = last.children[0]?.keySpan?.start ?? last.start;
    const line = text.slice(text.lastIndexOf('\n', from) + 1, from);
    return added(text, last.end, rendered(entries, ' '.repeat(Math.max(0, line.lastIndexOf('-')))));
  }
  const after = list.keySpan?.end;
  if (!/^(?:null|\[\s*\]|)$/.test(list.source) || after === undefined) return undefined;
  const rest = text.slice(Math.max(list.end, after + 1)).replace(/^[ \t]*\r?\n/, '');
  return `${text.slice(0, after)}:\n${rendered(entries, '  ')}${rest}`;
}

/** Puts whole lines behind the line in which `end` is. */
function added(text: string, end: number, lines: string): string {
  const isAtStart = text[end - 1] === '\n';
  const next = isAtStart ? end : text.indexOf('\n', end) + 1;
  if (next === 0) return `${text}\n${lines}`;
  return text.slice(0, next) + lines + text.slice(next);
}

const ended = (text: string): string => (text.endsWith('\n') ? text : `${text}\n`);

function rendered(entries: readonly IgnoreEntry[], indent: string): string {
  return entries
    .map(({ rule, path, pointer, reason }) => {
      const lines = [
        `rule: ${quoted(rule)}`,
        `path: ${quoted(path)}`,
        `at: ${quoted(pointer)}`,
        `reason: ${quoted(reason)}`,
      ];
      return `${indent}- ${lines.join(`\n${indent}  `)}\n`;
    })
    .join('');
}

const quoted = (text: string): string => (/\p{C}/u.test(text) ? JSON.stringify(text) : quoteLike('', text));
