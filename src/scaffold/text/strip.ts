import type { Block, Content, Statement, Strip } from './tree';

/**
 * White space around tags, as Handlebars has it: a tag that stands alone on its line takes the line with it, and `~` takes all of it
 * on its side. Changes the contents of the tree.
 */
export function stripTree(root: Statement[]): void {
  stripBody(root, true);
}

/** What a tag does to its surroundings. */
interface Effect {
  readonly strip: Strip;
  /** A comment or a partial: the whole of it may stand alone. */
  readonly inline: boolean;
  /** What a block opens with or closes with may stand alone on its line, as far as its inside goes. */
  readonly opens: boolean;
  readonly closes: boolean;
}

function stripBody(body: Statement[], isRoot: boolean): void {
  for (const [at, node] of body.entries()) {
    if (node.type === 'content') continue;
    const { strip, inline, opens, closes } = effectOf(node);
    const before = endsLine(body, at, isRoot);
    const after = startsLine(body, at, isRoot);
    if (strip.close) dropStart(body[at + 1], true);
    if (strip.open) dropEnd(body[at - 1], true);
    if (inline && before && after) aloneOnLine(body, at);
    if (node.type === 'block') blockOnLines(body, at, { opens: opens && before, closes: closes && after });
  }
}

/** What a block opens with, or closes with, stands alone on its line. */
function blockOnLines(
  body: Statement[],
  at: number,
  { opens, closes }: { readonly opens: boolean; readonly closes: boolean },
): void {
  const node = body[at];
  if (node?.type !== 'block') return;
  if (opens) {
    dropStart(node.body[0]);
    dropEnd(body[at - 1]);
  }
  if (closes) {
    dropStart(body[at + 1]);
    dropEnd((node.inverse ?? node.body).at(-1));
  }
}

function aloneOnLine(body: Statement[], at: number): void {
  dropStart(body[at + 1]);
  const before = body[at - 1];
  if (!dropEnd(before)) return;
  const node = body[at];
  if (node?.type === 'partial' && before?.type === 'content')
    node.indent = /[ \t]*$/.exec(lastLine(before.original))?.[0] ?? '';
}

const lastLine = (text: string): string => text.slice(text.lastIndexOf('\n') + 1);

function effectOf(node: Exclude<Statement, Content>): Effect {
  if (node.type === 'block') return blockEffect(node);
  return { strip: node.strip, inline: node.type !== 'value', opens: false, closes: false };
}

function blockEffect(block: Block): Effect {
  stripBody(block.body, false);
  if (block.inverse) stripBody(block.inverse, false);
  const { body, openStrip, inverseStrip, closeStrip } = block;
  const first = firstInverse(block);
  const effect = {
    strip: { open: openStrip.open, close: closeStrip.close },
    inline: false,
    opens: startsLine(body, -1, false),
    closes: endsLine(first ?? body, (first ?? body).length, false),
  };
  if (openStrip.close) dropStart(body[0], true);
  if (first) stripElse(body, first, inverseStrip);
  if (closeStrip.open) dropEnd((first ?? body).at(-1), true);
  if (first && endsLine(body, body.length, false) && startsLine(first, -1, false)) {
    dropEnd(body.at(-1));
    dropStart(first[0]);
  }
  return effect;
}

function stripElse(body: Statement[], first: Statement[], strip: Strip): void {
  if (strip.open) dropEnd(body.at(-1), true);
  if (strip.close) dropStart(first[0], true);
}

/** What follows the first `else` of a chain, without the block that an `else if` is. */
function firstInverse({ inverse, chained }: Block): Statement[] | undefined {
  const [only] = inverse ?? [];
  return chained && only?.type === 'block' ? only.body : inverse;
}

/** Whether nothing but white space stands between the start of a line and the node. */
function endsLine(body: readonly Statement[], at: number, isRoot: boolean): boolean {
  const before = body[at - 1];
  if (!before) return isRoot;
  if (before.type !== 'content') return false;
  const blank = before.original.slice(before.original.trimEnd().length);
  return blank.includes('\n') || (isRoot && !body[at - 2] && blank === before.original);
}

/** Whether nothing but white space stands between the node and the end of its line. */
function startsLine(body: readonly Statement[], at: number, isRoot: boolean): boolean {
  const next = body[at + 1];
  if (!next) return isRoot;
  if (next.type !== 'content') return false;
  const { original } = next;
  const blank = original.slice(0, original.length - original.trimStart().length);
  return blank.includes('\n') || (isRoot && !body[at + 2] && blank === original);
}

function dropStart(node: Statement | undefined, all = false): void {
  if (node?.type !== 'content' || (!all && node.rightStripped)) return;
  const left = all ? node.value.trimStart() : node.value.replace(/^[ \t]*\r?\n?/, '');
  node.rightStripped = left !== node.value;
  node.value = left;
}

/** Gives whether something was there to drop. */
function dropEnd(node: Statement | undefined, all = false): boolean {
  if (node?.type !== 'content' || (!all && node.leftStripped)) return false;
  const left = all ? node.value.trimEnd() : withoutIndent(node.value);
  node.leftStripped = left !== node.value;
  node.value = left;
  return node.leftStripped;
}

function withoutIndent(text: string): string {
  let end = text.length;
  while (text.charAt(end - 1) === ' ' || text.charAt(end - 1) === '\t') end -= 1;
  return text.slice(0, end);
}
