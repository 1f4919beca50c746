/** Casings as rule sets name them. */
import { isObject, isString } from '../../base/json';
import type { JsonObject } from '../../base/json';
import { compilePattern } from './pattern';

interface Casing {
  /** One name without separators between; `1` stands for digits, where they are allowed. */
  readonly pattern: (digits: string) => string;
}

const casings: Readonly<Record<string, Casing>> = {
  flat: { pattern: (d) => `[a-z][a-z${d}]*` },
  camel: { pattern: (d) => `[a-z][a-z${d}]*(?:[A-Z${d}](?:[a-z${d}]+|$))*` },
  pascal: { pattern: (d) => `[A-Z][a-z${d}]*(?:[A-Z${d}](?:[a-z${d}]+|$))*` },
  kebab: { pattern: (d) => `[a-z][a-z${d}]*(?:-[a-z${d}]+)*` },
  cobol: { pattern: (d) => `[A-Z][A-Z${d}]*(?:-[A-Z${d}]+)*` },
  snake: { pattern: (d) => `[a-z][a-z${d}]*(?:_[a-z${d}]+)*` },
  macro: { pattern: (d) => `[A-Z][A-Z${d}]*(?:_[A-Z${d}]+)*` },
};

export const casingNames = Object.keys(casings);

/** Whether a name is in a casing. Throws a SyntaxError for one that is not known. */
export function casingTest({ type, disallowDigits, separator }: JsonObject): {
  readonly name: string;
  readonly test: (text: string) => boolean;
} {
  const casing = isString(type) && Object.hasOwn(casings, type) ? casings[type] : undefined;
  if (casing === undefined || !isString(type))
    throw new SyntaxError(`casing needs a \`type\`: ${casingNames.join(', ')}`);
  const base = casing.pattern(disallowDigits === true ? '' : '0-9');
  const char = isObject(separator) && isString(separator['char']) ? separator['char'] : undefined;
  if (char === undefined) return { name: `${type} case`, test: matcher(`^${base}$`) };
  const between = char.replaceAll(/[\\^$.|+()[\]{}*?/-]/g, '\\$&');
  const leading = isObject(separator) && separator['allowLeading'] === true ? `(?:${between})?` : '';
  // In what is joined, `$` inside a casing would end too early.
  const piece = base.replaceAll('|$', `|(?=${between}|$)`);
  return {
    name: `${type} case, joined by ${char}`,
    // A leading separator may be all there is.
    test: matcher(`^(?:${leading}${piece}(?:${between}${piece})*${leading === '' ? '' : `|${between}`})$`),
  };
}

function matcher(pattern: string): (text: string) => boolean {
  const compiled = compilePattern(pattern);
  return (text) => compiled.test(text);
}
