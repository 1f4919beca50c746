/** A rule set that is an object with functions in it, as texts that name the functions. */
import { isObject } from '../../../base/json';
import type { Called } from './called';
import { isCalled } from './called';
import { nameOf } from './core';

export interface RulesetTexts {
  /** JSON; the first is the rule set, the others are those that it extends, named `ruleset:1` and so on. */
  readonly texts: readonly string[];
  /** What the names in them stand for. */
  readonly functions: ReadonlyMap<string, Called>;
}

const deepest = 64;
const mostTexts = 64;

/** Throws a TypeError for what is no rule set. */
export function rulesetTexts(exported: unknown): RulesetTexts {
  if (!isObject(exported)) throw new TypeError('it exports no rule set, as in `export default { rules: … }`');
  const functions = new Map<string, Called>();
  const objects: object[] = [exported];
  const texts: string[] = [];
  for (let at = 0; at < objects.length; at += 1)
    texts.push(JSON.stringify(plain(objects[at], { functions, objects }, 0)));
  return { texts, functions };
}

interface Seen {
  readonly functions: Map<string, Called>;
  readonly objects: object[];
}

function plain(value: unknown, seen: Seen, depth: number): unknown {
  if (depth > deepest) throw new TypeError('its rule set is nested too deep');
  const name = nameOf(value);
  if (name !== undefined) return name;
  if (isCalled(value)) return nameFunction(value, seen.functions);
  if (value instanceof RegExp) return String(value);
  if (Array.isArray(value)) return value.map((one) => plain(one, seen, depth + 1));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      key === 'extends' ? extended(inner, seen, depth) : plain(inner, seen, depth + 1),
    ]),
  );
}

/** Rule sets that are objects become texts of their own. */
function extended(value: unknown, seen: Seen, depth: number): unknown {
  if (Array.isArray(value)) return value.map((one) => extended(one, seen, depth + 1));
  if (!isObject(value)) return value;
  const name = nameOf(value);
  if (name !== undefined) return name;
  const known = seen.objects.indexOf(value);
  if (known > 0) return `ruleset:${known}`;
  if (seen.objects.length >= mostTexts) throw new TypeError('it extends too many rule sets');
  return `ruleset:${seen.objects.push(value) - 1}`;
}

function nameFunction(value: Called, functions: Seen['functions']): string {
  for (const [name, known] of functions) if (known === value) return name;
  const own = /^[\w$]+$/.test(value.name) ? value.name : 'anonymous';
  const name = functions.has(own) ? `${own}#${functions.size}` : own;
  functions.set(name, value);
  return name;
}
