import type { Document } from 'yaml';
import { LineCounter, isNode, parseAllDocuments, parseDocument } from 'yaml';
import type { UserError } from '../base/errors';
import { messageOf } from '../base/errors';
import { isObject } from '../base/json';
import type { Spot } from './spot';
import { requireText } from './spot';

/** Makes the error of a text: what is wrong, and the zero-based line. */
export type Blame = (why: string, line?: number) => UserError;

/** Nobody writes more by hand. */
const mostCharacters = 1_000_000;

/** The root of a YAML text whose parts know their lines. Throws what `blame` makes where it is no YAML. */
export function spotIn(text: string, blame: Blame): Spot {
  if (text.length > mostCharacters) throw blame(`it is longer than ${mostCharacters} characters`);
  const lines = new LineCounter();
  const document = parsed(text, lines, blame);
  const problem = document.errors[0];
  if (problem) throw blame(problem.message, lines.linePos(problem.pos[0]).line - 1);
  const make = (value: unknown, way: readonly (string | number)[]): Spot => {
    const broken = (why: string): UserError => blame(why, lineOf(document, lines, way));
    return {
      value,
      at: (key) => make(partOf(value, key), [...way, key]),
      text: (what) => requireText(value, what, broken),
      broken,
    };
  };
  return make(valueOf(document, blame), []);
}

function parsed(text: string, lines: LineCounter, blame: Blame): Document {
  try {
    return parseDocument(text, { prettyErrors: false, lineCounter: lines });
  } catch (error) {
    if (error instanceof RangeError) throw blame('it is nested too deep');
    throw error;
  }
}

/** What is wrong with a YAML text of one or several documents, each with its zero-based line. */
export function yamlErrors(text: string): readonly { readonly line: number; readonly message: string }[] {
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, { prettyErrors: false, lineCounter: lines });
  if ('empty' in documents) return [];
  // What is missing at the end is told of the last line that says something.
  const end = text.trimEnd().length;
  return documents.flatMap((document) =>
    document.errors.map(({ pos, message }) => ({
      line: lines.linePos(Math.min(pos[0], end)).line - 1,
      message,
    })),
  );
}

/** An alias that multiplies itself is refused by the reader with an error of its own. */
function valueOf(document: Document, blame: Blame): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    throw blame(messageOf(error));
  }
}

function partOf(value: unknown, key: string | number): unknown {
  if (Array.isArray(value)) return typeof key === 'number' ? value[key] : undefined;
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** The zero-based line of the last part on the way that is written in the text. */
function lineOf(
  document: Document,
  lines: LineCounter,
  way: readonly (string | number)[],
): number | undefined {
  for (let length = way.length; length >= 0; length--) {
    const node = document.getIn(way.slice(0, length), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line - 1;
  }
  return undefined;
}
