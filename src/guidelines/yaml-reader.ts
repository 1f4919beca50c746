/**
 * Reads block YAML (https://yaml.org/spec/1.2.2/) into a table, in one pass by indentation. It takes what people write and gives up at
 * tags, complex keys, several documents and whatever is, or might be, an error: `document.ts` then asks the `yaml` package.
 */
import type { Table, TableBuilder } from './table';
import { form } from './table';
import { FlowReader, endOfName, maxDepth } from './yaml-flow';
import { KeyFinder } from './yaml-key';
import { blockScalar, checkLines, plainEnd } from './yaml-lines';
import type { Patch } from './yaml-patch';
import { endOfEntry, patch } from './yaml-patch';
import {
  char,
  endOfQuoted,
  foreign,
  giveUp,
  isBlank,
  isItem,
  isMarker,
  lineAfter,
  pastSpaces,
  refuse,
  unsure,
} from './yaml-scan';

export interface YamlRead {
  readonly table: Table;
  /** Entries that another reader was asked about. */
  readonly patches: readonly Patch[];
}

/** The table of a text; undefined when this reader is not the one for it. */
export function readYaml(text: string, out: TableBuilder): YamlRead | undefined {
  // A lone carriage return is a line break for YAML as well, and nobody writes one.
  if (text.includes('\r') && /\r(?!\n)/.test(text)) return undefined;
  out.reset();
  try {
    const reader = new BlockReader(text, out);
    reader.read();
    return { table: out.finish(text), patches: reader.patches };
  } catch (error) {
    if (error === unsure || error === foreign) return undefined;
    throw error;
  }
}

class BlockReader {
  readonly patches: Patch[] = [];
  readonly #text: string;
  readonly #out: TableBuilder;
  readonly #flow: FlowReader;
  #at = 0;
  #lineStart = 0;
  /** Spaces before the content of the current line; -1 behind the last. */
  #indent = -1;
  #depth = 0;
  /** What `#isKey` found. */
  readonly #key = new KeyFinder();

  constructor(text: string, out: TableBuilder) {
    this.#text = text;
    this.#out = out;
    this.#flow = new FlowReader(text, out);
  }

  read(): void {
    this.#toContent();
    if (this.#indent < 0) return;
    if (this.#isMarker()) this.#start();
    if (this.#indent < 0) return;
    const code = this.#code();
    if (code === char.openBrace || code === char.openBracket) this.#single(-1, -1);
    else if (isItem(this.#text, this.#at)) this.#list(-1, this.#indent);
    else if (this.#isKey()) this.#map(-1, this.#indent);
    else giveUp();
    if (this.#indent >= 0) giveUp();
  }

  /** The line `---` with which a document may start. */
  #start(): void {
    if (this.#code() !== char.dash) giveUp();
    this.#at += 3;
    this.#endLine();
  }

  /** Whether the line starts or ends a document, or holds a directive. */
  #isMarker(): boolean {
    if (this.#indent !== 0) return false;
    const code = this.#code();
    if (code !== char.dash && code !== char.dot) return code === char.percent;
    return isMarker(this.#text, this.#at);
  }

  #code(): number {
    return this.#text.charCodeAt(this.#at);
  }

  #enter(): void {
    this.#depth += 1;
    if (this.#depth > maxDepth) giveUp();
  }

  #map(parent: number, indent: number): void {
    this.#enter();
    const out = this.#out;
    const row = out.open(form.blockMap, parent, this.#at);
    let end = this.#at;
    do {
      const child = out.count;
      this.#entry(row, indent, true);
      if (out.count > child) end = out.endOf(child);
    } while (this.#indent === indent);
    if (this.#indent > indent) giveUp();
    out.close(row, end);
    this.#depth -= 1;
  }

  #list(parent: number, indent: number): void {
    this.#enter();
    const out = this.#out;
    const row = out.open(form.blockList, parent, this.#at);
    let end = this.#at;
    do {
      const child = out.count;
      this.#entry(row, indent, false);
      if (out.count > child) end = out.endOf(child);
    } while (this.#indent === indent && isItem(this.#text, this.#at));
    if (this.#indent > indent) giveUp();
    out.close(row, end);
    this.#depth -= 1;
  }

  /** Reads an entry of a map or an item of a list; one of which this reader is not sure is read by another, and the next ones here. */
  #entry(parent: number, indent: number, inMap: boolean): void {
    const { count } = this.#out;
    const anchors = this.#out.anchorCount;
    const at = this.#at;
    const lineStart = this.#lineStart;
    const depth = this.#depth;
    try {
      if (inMap) this.#pair(parent, indent);
      else {
        this.#at += 1;
        this.#value(parent, indent, false);
      }
      // What stands deeper than the entry and is not part of it makes it wrong.
      if (this.#indent > indent) giveUp();
    } catch (error) {
      if (error !== unsure) throw error;
      this.#out.back(count, anchors);
      this.#depth = depth;
      this.#lineStart = lineStart;
      const end = endOfEntry(this.#text, at, indent, inMap);
      this.patches.push(patch(this.#text, { at, end, column: at - lineStart, parent, inMap }, this.#out));
      this.#at = end;
      this.#toContent();
    }
  }

  #pair(row: number, indent: number): void {
    if (!this.#isKey()) giveUp();
    this.#out.key(this.#key.start, this.#key.end);
    const isLong = this.#code() === char.question && this.#key.start !== this.#at;
    if (isLong) this.#lineStart = this.#key.colon - indent;
    this.#at = this.#key.colon + 1;
    this.#value(row, indent, !isLong);
  }

  /** Reads what stands behind a colon (`inMap`) or a dash, on this line or below. */
  #value(parent: number, indent: number, inMap: boolean): void {
    const empty = this.#at;
    this.#blanks();
    if (this.#text.charCodeAt(this.#at - 1) === char.tab) giveUp();
    const isAnchored = this.#code() === char.ampersand;
    if (isAnchored) this.#anchor();
    if (this.#isLineEnd()) return this.#below(parent, { indent, isAnchored, empty: inMap ? empty : -empty });
    const isDash = isItem(this.#text, this.#at);
    if (isDash || (!inMap && this.#isKey())) {
      if (inMap || isAnchored) giveUp();
      const column = this.#at - this.#lineStart;
      return isDash ? this.#list(parent, column) : this.#map(parent, column);
    }
    return this.#single(parent, indent);
  }

  /** Reads what stands on the lines below a key or a dash; `empty` is where nothing stands, negative for an item of a list. */
  #below(
    parent: number,
    {
      indent,
      isAnchored,
      empty,
    }: { readonly indent: number; readonly isAnchored: boolean; readonly empty: number },
  ): void {
    // A key that waits for its value is not to be taken for a key of what is looked at in between.
    this.#endLine();
    // An alias can have no anchor of its own.
    if (isAnchored && this.#code() === char.star) giveUp();
    if (this.#indent > indent) return this.#node(parent, indent);
    if (empty > 0 && this.#indent === indent && isItem(this.#text, this.#at))
      return this.#list(parent, indent);
    const at = Math.abs(empty);
    this.#out.leaf(form.plain, parent, at, at);
  }

  #node(parent: number, floor: number): void {
    if (isItem(this.#text, this.#at)) return this.#list(parent, this.#indent);
    if (this.#code() === char.ampersand) giveUp();
    return this.#isKey() ? this.#map(parent, this.#indent) : this.#single(parent, floor);
  }

  #anchor(): void {
    const end = endOfName(this.#text, this.#at + 1);
    this.#out.anchor(this.#text.slice(this.#at + 1, end), this.#out.count);
    this.#at = end;
    // `&a[1]` is an anchor without the blank behind it.
    if (!isBlank(this.#code()) && !this.#isLineEnd()) giveUp();
    this.#blanks();
    const code = this.#code();
    if (code === char.ampersand || code === char.star) giveUp();
  }

  /** Reads a value that is no block map or list, and goes to the next line; all its lines are indented deeper than `floor`. */
  #single(parent: number, floor: number): void {
    const start = this.#at;
    const code = this.#code();
    if (code === char.quote || code === char.apostrophe) {
      this.#at = endOfQuoted(this.#text, start);
      checkLines(this.#text, start, this.#at, floor);
      this.#out.leaf(code === char.quote ? form.double : form.single, parent, start, this.#at);
    } else if (code === char.openBrace || code === char.openBracket) {
      this.#at = this.#flow.read(start, parent, floor, this.#depth);
    } else if (code === char.star) {
      this.#at = endOfName(this.#text, start + 1);
      this.#out.leaf(form.alias, parent, start, this.#at);
    } else if (code === char.bar || code === char.more) {
      return this.#block(parent, floor);
    } else {
      this.#at = plainEnd(this.#text, start, floor);
      this.#out.leaf(form.plain, parent, start, this.#at);
    }
    this.#endLine();
  }

  #block(parent: number, floor: number): void {
    const start = this.#at;
    const { indent, end, next } = blockScalar(this.#text, start, floor);
    const what = this.#text.charCodeAt(start) === char.bar ? form.literal : form.folded;
    this.#out.indent(this.#out.leaf(what, parent, start, end), indent);
    this.#at = next;
    this.#lineStart = next;
    this.#toContent();
  }

  #isKey(): boolean {
    return this.#key.find(this.#text, this.#at, this.#at - this.#lineStart);
  }

  #blanks(): void {
    while (isBlank(this.#text.charCodeAt(this.#at))) this.#at += 1;
  }

  /** Whether nothing but a comment follows on this line. */
  #isLineEnd(): boolean {
    const code = this.#code();
    if (code === char.hash) return isBlank(this.#text.charCodeAt(this.#at - 1));
    return Number.isNaN(code) || code === char.feed || code === char.carriage;
  }

  /** Goes on to the next line that holds something; nothing may be left on this one. */
  #endLine(): void {
    this.#blanks();
    if (!this.#isLineEnd()) giveUp();
    this.#at = lineAfter(this.#text, this.#at);
    this.#lineStart = this.#at;
    this.#toContent();
  }

  /** Goes on from the start of a line to the first content. */
  #toContent(): void {
    const text = this.#text;
    for (;;) {
      const at = pastSpaces(text, this.#at);
      if (at >= text.length) break;
      const code = text.charCodeAt(at);
      if (code === char.tab) giveUp();
      if (code !== char.feed && code !== char.carriage && code !== char.hash) {
        this.#indent = at - this.#at;
        this.#lineStart = this.#at;
        this.#at = at;
        if (this.#indent === 0 && this.#out.count > 0 && this.#isMarker()) refuse();
        return;
      }
      this.#at = lineAfter(text, at);
    }
    this.#at = text.length;
    this.#indent = -1;
  }
}
