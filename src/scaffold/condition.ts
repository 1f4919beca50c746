import { nearest } from '../base/text';
import { answerAt, isFilled } from './answer';

/**
 * The small language of `when:`
 *
 *     condition = all ('or' all)*        all = one ('and' one)*
 *     one = 'not' one | '(' condition ')' | key [('==' | '!=' | 'has') word]
 *
 * A word is plain (letters, digits, `.`, `_`, `-`) or in single or double quotes.
 */
export interface Condition {
  /** As it is written. */
  readonly text: string;
  readonly tree: Node;
}

export type Node =
  | { readonly kind: 'key'; readonly key: string }
  | { readonly kind: 'not'; readonly of: Node }
  | { readonly kind: 'and'; readonly all: readonly Node[] }
  | { readonly kind: 'or'; readonly all: readonly Node[] }
  | {
      readonly kind: 'compare';
      readonly key: string;
      readonly operator: '==' | '!=' | 'has';
      readonly word: string;
    };

/** What a condition may say about an input, told by its type. */
export interface Known {
  readonly type: string;
  readonly choices?: readonly { readonly value: string }[];
}

interface Token {
  readonly kind: 'word' | 'quoted' | 'sign' | 'end';
  readonly text: string;
}

/** What is wrong with a condition, as a sentence without its full stop. */
export class ConditionFault extends Error {}

/** The deepest nesting of `not` and parentheses; nobody writes more, and a reader must not run out of stack. */
const deepest = 32;
const keyPattern = /^[a-z][a-zA-Z0-9]*$/;

/** Reads a condition. Throws ConditionFault. */
export function parseCondition(text: string): Condition {
  const tokens = tokensOf(text);
  const { node, next } = readOr(tokens, 0, 0);
  const rest = tokens[next];
  if (rest && rest.kind !== 'end')
    throw new ConditionFault(`${JSON.stringify(rest.text)} is not expected here; join with and, or`);
  return { text, tree: node };
}

function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  const pattern = /\s*(?:([\w.-]+)|"([^"]*)"|'([^']*)'|(==|!=|[()]))/y;
  while (pattern.lastIndex < text.trimEnd().length) {
    const at = pattern.lastIndex;
    const found = pattern.exec(text);
    if (found === null)
      throw new ConditionFault(
        `${JSON.stringify(text.slice(at).trim().slice(0, 20))} is no part of a condition`,
      );
    const [, word, double, single, sign] = found;
    const quoted = double ?? single;
    if (word !== undefined) tokens.push({ kind: 'word', text: word });
    else if (quoted !== undefined) tokens.push({ kind: 'quoted', text: quoted });
    else tokens.push({ kind: 'sign', text: sign ?? '' });
  }
  return [...tokens, { kind: 'end', text: '' }];
}

interface Read {
  readonly node: Node;
  readonly next: number;
}

function readOr(tokens: readonly Token[], at: number, depth: number): Read {
  return readJoined(tokens, at, { word: 'or', part: (from) => readAnd(tokens, from, depth) });
}

function readAnd(tokens: readonly Token[], at: number, depth: number): Read {
  return readJoined(tokens, at, { word: 'and', part: (from) => readOne(tokens, from, depth) });
}

function readJoined(
  tokens: readonly Token[],
  at: number,
  { word, part }: { readonly word: 'and' | 'or'; part(from: number): Read },
): Read {
  let last = part(at);
  const all = [last.node];
  while (isWord(tokens[last.next], word)) {
    last = part(last.next + 1);
    all.push(last.node);
  }
  const [only] = all;
  return { node: all.length === 1 && only ? only : { kind: word, all }, next: last.next };
}

function readOne(tokens: readonly Token[], at: number, depth: number): Read {
  if (depth > deepest) throw new ConditionFault(`it is nested more than ${deepest} deep`);
  const token = tokens[at];
  if (isWord(token, 'not')) {
    const { node, next } = readOne(tokens, at + 1, depth + 1);
    return { node: { kind: 'not', of: node }, next };
  }
  if (token?.kind === 'sign' && token.text === '(') {
    const inner = readOr(tokens, at + 1, depth + 1);
    if (tokens[inner.next]?.text !== ')') throw new ConditionFault('a parenthesis is not closed');
    return { node: inner.node, next: inner.next + 1 };
  }
  return readComparison(tokens, at);
}

function readComparison(tokens: readonly Token[], at: number): Read {
  const key = keyAt(tokens[at]);
  const sign = tokens[at + 1];
  const operator = operators.find((one) => sign?.kind !== 'quoted' && sign?.text === one);
  if (operator === undefined) return { node: { kind: 'key', key }, next: at + 1 };
  const word = tokens[at + 2];
  if (word?.kind !== 'word' && word?.kind !== 'quoted')
    throw new ConditionFault(`a word is missing after ${operator}`);
  return { node: { kind: 'compare', key, operator, word: word.text }, next: at + 3 };
}

function keyAt(token: Token | undefined): string {
  if (!token || token.kind === 'end') throw new ConditionFault('a key is missing at its end');
  if (token.kind !== 'word' || !keyPattern.test(token.text) || reserved.has(token.text))
    throw new ConditionFault(`${JSON.stringify(token.text)} is no key of an input`);
  return token.text;
}

const operators = ['==', '!=', 'has'] as const;
const reserved: ReadonlySet<string> = new Set(['and', 'or', 'not', 'has']);

const isWord = (token: Token | undefined, word: string): boolean =>
  token?.kind === 'word' && token.text === word;

/** Whether it holds for `answers`; one that is missing counts as empty. */
export function holds(condition: Condition | undefined, answers: Readonly<Record<string, unknown>>): boolean {
  return condition === undefined || nodeHolds(condition.tree, answers);
}

function nodeHolds(node: Node, answers: Readonly<Record<string, unknown>>): boolean {
  switch (node.kind) {
    case 'key':
      return isFilled(answerAt(answers, node.key));
    case 'not':
      return !nodeHolds(node.of, answers);
    case 'and':
      return node.all.every((one) => nodeHolds(one, answers));
    case 'or':
      return node.all.some((one) => nodeHolds(one, answers));
    case 'compare': {
      const answer = answerAt(answers, node.key);
      if (node.operator === 'has') return typeof answer === 'object' && answer.includes(node.word);
      return (answer === node.word) === (node.operator === '==');
    }
  }
}

/** What is wrong with a condition over these inputs: an unknown key, or a word that can never be the answer; undefined when it is right. */
export function conditionFault(condition: Condition, known: ReadonlyMap<string, Known>): string | undefined {
  return comparisonsOf(condition.tree)
    .map((node) => comparisonFault(node, known))
    .find((fault) => fault !== undefined);
}

type Comparison = Extract<Node, { readonly kind: 'key' | 'compare' }>;

function comparisonsOf(node: Node): readonly Comparison[] {
  if (node.kind === 'not') return comparisonsOf(node.of);
  if (node.kind === 'and' || node.kind === 'or') return node.all.flatMap(comparisonsOf);
  return [node];
}

function comparisonFault(node: Comparison, known: ReadonlyMap<string, Known>): string | undefined {
  const input = known.get(node.key);
  if (!input) return `${node.key} is not asked before this${meant(node.key, [...known.keys()])}`;
  if (node.kind === 'key') return undefined;
  return valueFault(input, node);
}

/** Why `key operator word` can't be asked of an input; undefined when it can. */
export function valueFault(
  input: Known,
  { key, operator, word }: { readonly key: string; readonly operator: string; readonly word: string },
): string | undefined {
  if ((input.type === 'multi-choice') !== (operator === 'has'))
    return input.type === 'multi-choice'
      ? `${key} holds several values; write ${key} has ${word}`
      : `has asks what several values hold, and ${key} is one; write ${key} == ${word}`;
  if (input.type === 'boolean') return `${key} is yes or no; write ${key} or not ${key}`;
  if (input.type === 'secret') return `${key} is a secret, which may only be asked whether it is there`;
  const values = input.choices?.map((choice) => choice.value);
  if (!values || values.includes(word)) return undefined;
  return `${key} can never be ${word}${meant(word, values)}; it is ${values.join(', ')}`;
}

function meant(word: string, known: readonly string[]): string {
  const near = nearest(word, known);
  return near === undefined ? '' : `, perhaps ${near} is meant`;
}
