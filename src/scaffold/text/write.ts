import { isAnswer, isFilled } from '../answer';
import { isItem, nameOf } from '../language';
import { spellings } from '../words';
import type { Block, Call, Expression, PartialTag, Path, Statement } from './tree';

/** A tree and values become text. The walk of `language.ts` has seen to it that every name and helper in it is known. */

export interface Writing {
  readonly context: Readonly<Record<string, unknown>>;
  /** The item of the `each` around what is written. */
  readonly item?: unknown;
  /** What a partial holds, which its tag calls. */
  partialOf(tag: PartialTag): readonly Statement[];
  /** Called with what each turn of an `each` and each partial gave; throws when it is too much. */
  spend(text: string): string;
}

export function writeBody(body: readonly Statement[], writing: Writing): string {
  let text = '';
  for (const node of body) text += writeNode(node, writing);
  return text;
}

function writeNode(node: Statement, writing: Writing): string {
  switch (node.type) {
    case 'content':
      return node.value;
    case 'comment':
      return '';
    case 'value':
      return textOf(node.call, writing);
    case 'partial':
      return partialText(node, writing);
    case 'block':
      return writeBlock(node, writing);
  }
}

/** Empty lines get no indent: it would leave spaces at their ends. */
function partialText(node: PartialTag, writing: Writing): string {
  const text = writeBody(writing.partialOf(node), writing);
  return writing.spend(node.indent === '' ? text : text.replaceAll(/^(?=[^\r\n])/gm, node.indent));
}

function writeBlock({ call, body, inverse = [] }: Block, writing: Writing): string {
  const [param] = call.params;
  switch (nameOf(call)) {
    case 'each':
      return writeEach(param ? valueAt(param, writing) : undefined, { body, inverse }, writing);
    case 'if':
      return writeBody(param && holds(param, writing) ? body : inverse, writing);
    case 'unless':
      return writeBody(param && holds(param, writing) ? inverse : body, writing);
    default:
      return writeBody(body, writing);
  }
}

function writeEach(
  list: unknown,
  { body, inverse }: { readonly body: readonly Statement[]; readonly inverse: readonly Statement[] },
  writing: Writing,
): string {
  const items: readonly unknown[] = Array.isArray(list) ? list : [];
  if (items.length === 0) return writeBody(inverse, writing);
  return items.map((item) => writing.spend(writeBody(body, { ...writing, item }))).join('');
}

function textOf(call: Call, writing: Writing): string {
  const [param] = call.params;
  const spell = param && spellings[nameOf(call)];
  return spell ? spell(parameterText(param, writing)) : asText(valueAt(call.callee, writing));
}

const parameterText = (param: Expression, writing: Writing): string =>
  param.type === 'call' ? textOf(param, writing) : asText(valueAt(param, writing));

const asText = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'boolean' ? String(value) : '';

function holds(node: Expression, writing: Writing): boolean {
  if (node.type !== 'call') return filled(valueAt(node, writing));
  const [first, second] = node.params;
  const value = first && first.type !== 'call' ? valueAt(first, writing) : undefined;
  const word = second?.type === 'string' ? second.value : undefined;
  switch (nameOf(node)) {
    case 'eq':
      return value === word;
    case 'has':
      return Array.isArray(value) && value.includes(word);
    case 'and':
      return node.params.every((one) => holds(one, writing));
    case 'or':
      return node.params.some((one) => holds(one, writing));
    default:
      return first !== undefined && !holds(first, writing);
  }
}

const filled = (value: unknown): boolean => isAnswer(value) && isFilled(value);

function valueAt(node: Expression, writing: Writing): unknown {
  if (node.type === 'string') return node.value;
  return node.type === 'path' ? pathValue(node, writing) : undefined;
}

function pathValue(path: Path, { context, item }: Writing): unknown {
  if (item !== undefined && isItem(path)) return item;
  let value: unknown = context;
  for (const part of path.parts)
    value =
      typeof value === 'object' && value !== null && Object.hasOwn(value, part)
        ? Reflect.get(value, part)
        : undefined;
  return value;
}
