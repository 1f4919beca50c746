/** A configuration file as a tree that knows its places, and what is wrong with it. */
import type { JsonObject } from '../../base/json';
import type { Range } from '../../base/text';
import { nearest } from '../../base/text';
import { Spec } from '../spec';
import { finish } from '../steps';
import type { TreeNode } from '../tree';

/** `error` keeps the file from meaning what it says; `warning` and `info` tell what of it is not done. */
export type ConfigSeverity = 'error' | 'warning' | 'info';

export interface ConfigProblem {
  readonly file: string;
  readonly range: Range;
  readonly severity: ConfigSeverity;
  /** One or two sentences. */
  readonly message: string;
}

/** Nobody writes more by hand; a baseline of ten thousand findings is a tenth of it. */
const mostCharacters = 20_000_000;
const deepest = 32;
const mostValues = 100_000;

const start: Range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

export class ConfigText {
  readonly file: string;
  readonly root: TreeNode;
  readonly problems: ConfigProblem[] = [];
  readonly #spec: Spec;
  readonly #isMade: boolean;

  /** `isMade` for a text that stands in the place of what is written in the file: all of it is told of at the top. */
  constructor(file: string, text: string, { isMade = false }: { readonly isMade?: boolean } = {}) {
    this.file = file;
    this.#isMade = isMade;
    const isTooLong = text.length > mostCharacters;
    this.#spec = new Spec(isTooLong ? '' : text.replace(/^\uFEFF/, ''));
    finish(this.#spec.updateSteps());
    this.root = this.#spec.root;
    if (isTooLong) this.#add(start, `This file is longer than ${mostCharacters} characters.`, 'error');
    const { problem } = this.#spec.source;
    if (problem !== undefined) this.#add(this.#rangeOf(problem), problem.message, 'error');
  }

  /** Whether it could be read to its end. */
  get isSound(): boolean {
    return this.#spec.source.problem === undefined;
  }

  /** Tells something about a value, underlining it where it is one line, else its key. */
  say(node: TreeNode, message: string, severity: ConfigSeverity = 'error'): void {
    this.#add(this.placeOf(node), this.#placed(node, message), severity);
  }

  /** Tells something about the key of an entry. */
  sayOfKey(node: TreeNode, message: string, severity: ConfigSeverity = 'error'): void {
    this.#add(this.#rangeOf(node.keySpan ?? node), this.#placed(node, message), severity);
  }

  /** Where no place can be shown, it is said. */
  #placed(node: TreeNode, message: string): string {
    return this.#isMade ? `In \`${node.path.join('.')}\`: ${message}` : message;
  }

  placeOf(node: TreeNode): Range {
    const isLarge = node.kind === 'map' || node.kind === 'list' || node.start === node.end;
    return this.#rangeOf((isLarge ? (node.keySpan ?? firstKey(node)) : undefined) ?? node);
  }

  /** The entries of a mapping; something else is told of. */
  entries(node: TreeNode, what: string): readonly TreeNode[] {
    const { actual } = node;
    if (actual.kind === 'map') return actual.children.filter((child) => child.key !== undefined);
    if (actual.source !== '' && actual.source !== 'null') this.say(node, `\`${what}\` must be a mapping.`);
    return [];
  }

  /** The items of a list; one text stands for a list of one. */
  items(node: TreeNode | undefined, what: string): readonly TreeNode[] {
    if (node === undefined) return [];
    const { actual } = node;
    if (actual.kind === 'list') return actual.children;
    if (actual.string !== undefined) return [node];
    if (actual.source !== '') this.say(node, `\`${what}\` must be a list.`);
    return [];
  }

  /** A text that is not empty; something else is told of. */
  text(node: TreeNode | undefined, what: string): string | undefined {
    if (node === undefined) return undefined;
    const { string } = node.actual;
    if (string === undefined || string === '') this.say(node, `\`${what}\` must be a text.`);
    return string === '' ? undefined : string;
  }

  /** Tells of each key that is not known, and what it was most likely meant to be. */
  checkKeys(node: TreeNode, known: readonly string[]): void {
    for (const child of node.actual.children) {
      const key = child.key ?? '';
      if (known.includes(key) || child.key === undefined) continue;
      const near = nearest(key, known, 2);
      const meant = near === undefined ? `known are ${known.join(', ')}` : `perhaps \`${near}\` is meant`;
      this.sayOfKey(child, `The key \`${key}\` is not known here; ${meant}.`);
    }
  }

  #rangeOf({ start: from, end }: { readonly start: number; readonly end: number }): Range {
    if (this.#isMade) return start;
    const { lines } = this.#spec.source;
    const until = Math.min(end, lines.endOf(lines.lineOf(from)));
    return lines.rangeOf({ start: from, end: Math.max(from, until) });
  }

  #add(range: Range, message: string, severity: ConfigSeverity): void {
    this.problems.push({ file: this.file, range, severity, message });
  }
}

function firstKey(node: TreeNode): TreeNode['keySpan'] {
  return node.children[0]?.keySpan;
}

/** A node as a plain value. Aliases are followed; what is too deep or too much is left out. */
export function plain(node: TreeNode): unknown {
  let left = mostValues;
  const make = ({ actual }: TreeNode, depth: number): unknown => {
    left -= 1;
    if (left < 0 || depth > deepest) return undefined;
    if (actual.kind === 'list') return actual.children.map((child) => make(child, depth + 1));
    if (actual.kind !== 'map') return actual.value;
    const entries = actual.children.map((child) => [child.key ?? '', make(child, depth + 1)] as const);
    // Not an assignment: a key `__proto__` is a key like others.
    return Object.fromEntries(entries);
  };
  return make(node, 0);
}

/** A mapping as a plain object without the keys in `without`. */
export function plainWithout(node: TreeNode, without: readonly string[]): JsonObject {
  return Object.fromEntries(
    node.actual.children
      .filter((child) => !without.includes(child.key ?? ''))
      .map((child) => [child.key ?? '', plain(child)]),
  );
}
