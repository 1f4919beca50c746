import { lineFinder } from './lines';
import { readRaw } from './raw';
import { stripTree } from './strip';
import type { LineOf, Tag } from './tag';
import { notATemplate, readTag } from './tag';
import type { Block, Call, Content, Statement, Strip } from './tree';
import { Refused, noStrip, partialTakes } from './tree';

/**
 * Reads the text of a template into its tree, white space around tags already taken away. The syntax is that of Handlebars without
 * decorators, blocks of partials and `{{^name}}`. Throws Refused.
 */
export function parseText(text: string): readonly Statement[] {
  const parser = new Parser(text);
  const tree = parser.parse();
  stripTree(tree);
  return tree;
}

/** A block that is not closed yet. */
interface Open {
  readonly block: Block;
  /** Opened by `else if`: it closes with the one around it. */
  readonly isChained: boolean;
  /** Whether its `else` was there. */
  hasElse: boolean;
}

interface Mark {
  /** The braces and what follows them, as in `{{#`. */
  readonly opening: string;
  readonly start: number;
  /** Where the tag's words begin. */
  readonly inside: number;
}

class Parser {
  readonly #text: string;
  #at = 0;
  #body: Statement[] = [];
  readonly #root = this.#body;
  readonly #open: Open[] = [];
  readonly #lineOf: LineOf;

  constructor(text: string) {
    this.#text = text;
    this.#lineOf = lineFinder(text);
  }

  parse(): Statement[] {
    const text = this.#text;
    const nothing = text.indexOf('\0');
    if (nothing >= 0) throw new Refused('it is no text; drop .hbs from its name', this.#lineOf(nothing));
    while (this.#at < text.length) {
      const next = text.indexOf('{{', this.#at);
      if (next < 0) {
        this.#content(text.slice(this.#at));
        break;
      }
      this.#toTag(next);
    }
    if (this.#open.length > 0) throw new Refused('a block is not closed', this.#lineOf(text.length));
    return this.#root;
  }

  /** The content before a tag, and the tag; after a backslash its braces are content too, up to the next tag. */
  #toTag(next: number): void {
    const text = this.#text;
    const escapes = next > this.#at && text[next - 1] === '\\';
    const isDoubled = escapes && next - 1 > this.#at && text[next - 2] === '\\';
    this.#content(text.slice(this.#at, escapes ? next - 1 : next));
    this.#at = next;
    if (!escapes || isDoubled) return this.#tag();
    const after = text.indexOf('{{', next + 2);
    let end = after < 0 ? text.length : after;
    for (let count = 0; count < 2 && end - 1 >= next + 2 && after >= 0 && text[end - 1] === '\\'; count += 1)
      end -= 1;
    this.#content(text.slice(next, end));
    this.#at = end;
  }

  #tag(): void {
    const mark = this.#mark();
    switch (mark.opening.replace('~', '')) {
      case '{{{{':
        return this.#raw(mark);
      case '{{!':
        return this.#comment(mark);
      case '{{#':
        return this.#openBlock(mark);
      case '{{/':
        return this.#closeBlock(mark);
      case '{{>':
        return this.#partial(mark);
      case '{{^':
      case '{{else':
        return this.#else(mark);
      case '{{*':
      case '{{#*':
      case '{{#>':
        throw new Refused(
          'decorators and blocks of partials are no part of a template',
          this.#lineOf(mark.start),
        );
      default:
        return this.#value(mark);
    }
  }

  #mark(): Mark {
    opening.lastIndex = this.#at;
    const found = opening.exec(this.#text)?.[0] ?? '{{';
    return { opening: found.replaceAll(/\s/g, ''), start: this.#at, inside: this.#at + found.length };
  }

  #read(mark: Mark, closings: readonly string[] = ['}}', '~}}']): Tag {
    const tag = readTag(this.#text, mark.inside, this.#lineOf);
    if (!closings.includes(tag.closing)) throw this.#wrong(mark);
    this.#at = tag.end;
    return tag;
  }

  #wrong({ start }: Mark): Refused {
    return notATemplate(this.#text, start, this.#lineOf);
  }

  #call(mark: Mark, tag: Tag): Call {
    if (!tag.call) throw this.#wrong(mark);
    return tag.call;
  }

  #value(mark: Mark): void {
    const isTriple = mark.opening.endsWith('{{{') || mark.opening.endsWith('~{');
    const tag = this.#read(mark, isTriple ? ['}}}', '}~}}'] : undefined);
    const call = this.#call(mark, tag);
    if (call.hasNames) throw this.#wrong(mark);
    const at = { ...call, line: this.#lineOf(mark.start) };
    this.#body.push({ type: 'value', call: at, strip: stripOf(mark, tag) });
  }

  #partial(mark: Mark): void {
    if (/^\s*\(/.test(this.#text.slice(mark.inside, mark.inside + 100)))
      throw new Refused(partialTakes, this.#lineOf(mark.start));
    const tag = this.#read(mark);
    const call = this.#call(mark, tag);
    if (call.hasNames) throw this.#wrong(mark);
    const at = { ...call, line: this.#lineOf(mark.start) };
    this.#body.push({ type: 'partial', call: at, strip: stripOf(mark, tag), indent: '' });
  }

  #comment(mark: Mark): void {
    const isLong = this.#text.startsWith('--', mark.inside);
    const ending = isLong ? /--~?\}\}/g : /\}\}/g;
    ending.lastIndex = mark.inside;
    const found = ending.exec(this.#text);
    if (!found) throw new Refused('a comment is not closed', this.#lineOf(mark.start));
    this.#at = found.index + found[0].length;
    const close = this.#text[this.#at - 3] === '~';
    this.#body.push({ type: 'comment', strip: { open: mark.opening.includes('~'), close } });
  }

  #openBlock(mark: Mark): void {
    const tag = this.#read(mark);
    const call = { ...this.#call(mark, tag), line: this.#lineOf(mark.start) };
    this.#push(newBlock(call, stripOf(mark, tag)), false);
  }

  #push(block: Block, isChained: boolean): void {
    this.#body.push(block);
    this.#open.push({ block, isChained, hasElse: false });
    this.#body = block.body;
  }

  #else(mark: Mark): void {
    const tag = this.#read(mark);
    const strip = stripOf(mark, tag);
    const open = this.#open.at(-1);
    if (mark.opening.endsWith('^') && tag.call)
      throw new Refused(
        'a block opens with {{#; what holds otherwise follows {{else}}',
        this.#lineOf(mark.start),
      );
    if (!open || open.hasElse) throw this.#wrong(mark);
    const { block } = open;
    open.hasElse = true;
    block.inverseStrip = strip;
    block.inverse = this.#body = [];
    if (!tag.call) return;
    block.chained = true;
    this.#push(newBlock({ ...tag.call, line: this.#lineOf(mark.start) }, strip), true);
  }

  #closeBlock(mark: Mark): void {
    const tag = this.#read(mark);
    const call = this.#call(mark, tag);
    if (call.params.length > 0 || call.hasHash || call.hasNames) throw this.#wrong(mark);
    const chain: Block[] = [];
    for (;;) {
      const open = this.#open.pop();
      if (!open) throw this.#wrong(mark);
      chain.unshift(open.block);
      if (!open.isChained) break;
    }
    this.#end(chain, call, stripOf(mark, tag));
  }

  /** Ends a block and what its `else if` opened; each of those closes where the next begins. */
  #end([block, ...chained]: readonly Block[], closing: Call, strip: Strip): void {
    if (!block) return;
    checkName(block, nameOf(closing));
    block.closeStrip = strip;
    for (const [at, one] of chained.entries()) one.closeStrip = at === 0 ? strip : one.openStrip;
    const outer = this.#open.at(-1)?.block;
    this.#body = outer ? (outer.inverse ?? outer.body) : this.#root;
  }

  #raw(mark: Mark): void {
    const tag = this.#read(mark, ['}}}}']);
    const call = { ...this.#call(mark, tag), line: this.#lineOf(mark.start) };
    if (call.hasNames) throw this.#wrong(mark);
    const { pieces, name, end } = readRaw(this.#text, this.#at, this.#lineOf);
    const block = newBlock(call, noStrip);
    checkName(block, name);
    block.body.push(...pieces.map(contentOf));
    this.#body.push(block);
    this.#at = end;
  }

  #content(value: string): void {
    if (value !== '') this.#body.push(contentOf(value));
  }
}

const opening = /\{\{\{\{|\{\{~?(?:#[>*]?|[/>^!*]|\s*else\b|\{|&|)/y;

const contentOf = (value: string): Content => ({
  type: 'content',
  original: value,
  value,
  leftStripped: false,
  rightStripped: false,
});

const newBlock = (call: Call, openStrip: Strip): Block => ({
  type: 'block',
  call,
  body: [],
  inverse: undefined,
  chained: false,
  openStrip,
  inverseStrip: noStrip,
  closeStrip: noStrip,
});

const stripOf = ({ opening: braces }: Mark, { closing }: Tag): Strip => ({
  open: braces.charAt(2) === '~',
  close: closing.at(-3) === '~',
});

const nameOf = ({ callee }: Call): string =>
  callee.type === 'path' ? callee.original : callee.type === 'string' ? callee.value : '';

function checkName({ call }: Block, closed: string): void {
  const opened = nameOf(call);
  if (opened !== closed) throw new Refused(`${opened} doesn't match ${closed}`, call.line);
}
