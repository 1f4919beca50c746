/** Commands of ours in the fenced code of a Markdown text: `make test`, `just greet`, `task build`. */
import { splitArguments } from './arguments';
import type { SourceId } from './task';

export interface FencedCommand {
  readonly source: SourceId;
  readonly target: string;
  readonly args: readonly string[];
  /** What `-C` names. */
  readonly directory: string | undefined;
  /** Zero-based. */
  readonly line: number;
  readonly start: number;
  readonly end: number;
}

const fence = /^\s*(`{3,}|~{3,})\s*(?:sh|bash|shell|zsh|console|shellsession|terminal)\b/;
/** Words that no shell would change. */
const command =
  /^(\s*(?:[$%]\s+)?)((make|just|task)((?:\s+(?:[\w./:=@%+,-]|"[^"$`\\]*"|'[^']*')+)+))\s*(?:#.*)?$/;

/** In the order of the text; lines that a shell would have to read (pipes, variables, …) are left out. */
export function fencedCommands(text: string): readonly FencedCommand[] {
  const found: FencedCommand[] = [];
  let open: string | undefined;
  for (const [line, content] of text.split('\n').entries()) {
    if (open === undefined) open = fence.exec(content)?.[1];
    else if (content.trimStart().startsWith(open)) open = undefined;
    else found.push(...commandIn(content.replace(/\r$/, ''), line));
  }
  return found;
}

function commandIn(content: string, line: number): readonly FencedCommand[] {
  const [, before = '', whole = '', source, rest = ''] = command.exec(content) ?? [];
  if (source !== 'make' && source !== 'just' && source !== 'task') return [];
  const words = [...splitArguments(rest)];
  const at = words.indexOf('-C');
  const [, directory] = at < 0 ? [] : words.splice(at, 2);
  const index = words.findIndex((word) => !word.startsWith('-') && !word.includes('='));
  const target = words[index];
  if (target === undefined) return [];
  const args = words.filter((_word, place) => place !== index);
  return [{ source, target, args, directory, line, start: before.length, end: before.length + whole.length }];
}
