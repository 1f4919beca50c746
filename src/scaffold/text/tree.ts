/** What a template's text is made of. Lines count from zero. */

/** `name`, or `template.id` in parts. */
export interface Path {
  readonly type: 'path';
  /** As it is written. */
  readonly original: string;
  readonly parts: readonly string[];
  /** How often it goes up, as in `../name`. */
  readonly depth: number;
  /** Whether it starts with `@`. */
  readonly data: boolean;
  readonly line: number;
}

interface Text {
  readonly type: 'string';
  readonly value: string;
  readonly line: number;
}

/** A number, `true`, `null` and their like. */
interface Literal {
  readonly type: 'literal';
  readonly line: number;
}

/** What stands first in a tag or in parentheses, and what follows it. */
export interface Call {
  readonly type: 'call';
  readonly callee: Path | Text | Literal;
  readonly params: readonly Expression[];
  /** Whether there is a `key=value`. */
  readonly hasHash: boolean;
  /** Whether there is an `as |name|`. */
  readonly hasNames: boolean;
  readonly line: number;
}

export type Expression = Path | Text | Literal | Call;

/** Which sides of a tag take the white space away, as in `{{~name~}}`. */
export interface Strip {
  readonly open: boolean;
  readonly close: boolean;
}

export interface Content {
  readonly type: 'content';
  readonly original: string;
  /** What is left of it. */
  value: string;
  leftStripped: boolean;
  rightStripped: boolean;
}

export interface Comment {
  readonly type: 'comment';
  readonly strip: Strip;
}

export interface Value {
  readonly type: 'value';
  readonly call: Call;
  readonly strip: Strip;
}

export interface PartialTag {
  readonly type: 'partial';
  readonly call: Call;
  readonly strip: Strip;
  /** Spaces before it where it stands on a line of its own. */
  indent: string;
}

export interface Block {
  readonly type: 'block';
  readonly call: Call;
  readonly body: Statement[];
  /** What follows its `else`. */
  inverse: Statement[] | undefined;
  /** Whether `inverse` is the one block of an `else if`. */
  chained: boolean;
  readonly openStrip: Strip;
  inverseStrip: Strip;
  closeStrip: Strip;
}

export type Statement = Content | Comment | Value | PartialTag | Block;

export const noStrip: Strip = { open: false, close: false };

export const partialTakes = '{{> name}} takes the name of one of partials/ and nothing else';

/** What is no template, or is refused in one; whoever started reading adds the path. */
export class Refused extends Error {
  readonly line: number;

  constructor(why: string, line: number) {
    super(why);
    this.line = line;
  }
}
