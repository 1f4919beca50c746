/**
 * Regular expressions of other people, matched in linear time: all ways through the pattern are followed at once, so that none can
 * make a check hang. Backreferences and looking behind have no such matcher and are refused.
 */
import type { Node } from './pattern-parse';
import { parsePattern } from './pattern-parse';

export interface Pattern {
  /** Whether it matches anywhere in the text. */
  test(text: string): boolean;
}

type Instruction =
  | { readonly op: 'one'; readonly takes: (character: string) => boolean }
  | { readonly op: 'split'; first: number; second: number }
  | { readonly op: 'jump'; to: number }
  | { readonly op: 'edge'; readonly holds: (at: number, text: readonly string[]) => boolean }
  | { readonly op: 'match' };

const mostInstructions = 5000;
/** Longer texts are matched as far as this. */
const longestText = 20_000;

/** Compiles `source`, which may be written as `/…/flags`. Throws a SyntaxError that says what is not taken. */
export function compilePattern(source: string): Pattern {
  const slashed = /^\/(.*)\/([a-z]*)$/s.exec(source);
  const flags = slashed?.[2] ?? '';
  const odd = /[^gimsuy]/.exec(flags)?.[0];
  if (odd !== undefined) throw new SyntaxError(`the flag ${odd} is not known`);
  const tree = parsePattern(slashed?.[1] ?? source, flags.replaceAll(/[gy]/g, ''));
  const program: Instruction[] = [];
  emit(tree, program);
  program.push({ op: 'match' });
  const isUnicode = flags.includes('u');
  return {
    test(text) {
      const cut = text.slice(0, longestText);
      return runs(program, isUnicode ? Array.from(cut) : cut.split(''), 0, true);
    },
  };
}

function emit(node: Node, out: Instruction[]): void {
  if (out.length > mostInstructions)
    throw new SyntaxError('it is too long once its repetitions are written out');
  switch (node.kind) {
    case 'one':
      out.push({ op: 'one', takes: node.takes });
      return;
    case 'edge':
      out.push({ op: 'edge', holds: node.holds });
      return;
    case 'sequence':
      for (const part of node.parts) emit(part, out);
      return;
    case 'choice':
      emitChoice(node.parts, out);
      return;
    case 'look':
      emitLook(node.part, node.isNegative, out);
      return;
    case 'repeat':
      emitRepeat(node, out);
  }
}

function emitChoice(parts: readonly Node[], out: Instruction[]): void {
  const jumps: { op: 'jump'; to: number }[] = [];
  for (const [at, part] of parts.entries()) {
    if (at === parts.length - 1) {
      emit(part, out);
      break;
    }
    const split = { op: 'split' as const, first: out.length + 1, second: 0 };
    out.push(split);
    emit(part, out);
    const jump = { op: 'jump' as const, to: 0 };
    jumps.push(jump);
    out.push(jump);
    split.second = out.length;
  }
  for (const jump of jumps) jump.to = out.length;
}

function emitRepeat({ part, min, max }: Node & { readonly kind: 'repeat' }, out: Instruction[]): void {
  for (let count = 0; count < min; count += 1) emit(part, out);
  if (max === Infinity) {
    const split = { op: 'split' as const, first: out.length + 1, second: 0 };
    const start = out.length;
    out.push(split);
    emit(part, out);
    out.push({ op: 'jump', to: start });
    split.second = out.length;
    return;
  }
  const splits: { op: 'split'; first: number; second: number }[] = [];
  for (let count = min; count < max; count += 1) {
    const split = { op: 'split' as const, first: out.length + 1, second: 0 };
    splits.push(split);
    out.push(split);
    emit(part, out);
  }
  for (const split of splits) split.second = out.length;
}

function emitLook(part: Node, isNegative: boolean, out: Instruction[]): void {
  const program: Instruction[] = [];
  emit(part, program);
  program.push({ op: 'match' });
  out.push({ op: 'edge', holds: (at, text) => runs(program, text, at, false) !== isNegative });
}

/** Whether the program matches from `from` on, or, when it may float, from any later place. */
function runs(
  program: readonly Instruction[],
  text: readonly string[],
  from: number,
  isFloating: boolean,
): boolean {
  let current: number[] = [];
  for (let at = from; at <= text.length; at += 1) {
    const seen = new Set<number>();
    const open: number[] = [];
    const starts = at === from || isFloating ? [...current, 0] : current;
    for (const start of starts) if (reach(program, start, { at, text, seen, open })) return true;
    const character = text[at];
    if (character === undefined) return false;
    current = open.filter((index) => {
      const instruction = program[index];
      return instruction?.op === 'one' && instruction.takes(character);
    });
    current = current.map((index) => index + 1);
    if (current.length === 0 && !isFloating) return false;
  }
  return false;
}

interface Reaching {
  readonly at: number;
  readonly text: readonly string[];
  readonly seen: Set<number>;
  /** Instructions that wait for a character. */
  readonly open: number[];
}

/** Follows all that needs no character; true when that ends in a match. */
function reach(program: readonly Instruction[], start: number, { at, text, seen, open }: Reaching): boolean {
  const todo = [start];
  for (let index = todo.pop(); index !== undefined; index = todo.pop()) {
    if (seen.has(index)) continue;
    seen.add(index);
    const instruction = program[index];
    if (instruction === undefined || instruction.op === 'match') return true;
    if (instruction.op === 'one') open.push(index);
    else if (instruction.op === 'jump') todo.push(instruction.to);
    else if (instruction.op === 'split') todo.push(instruction.second, instruction.first);
    else if (instruction.holds(at, text)) todo.push(index + 1);
  }
  return false;
}
