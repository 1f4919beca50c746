/**
 * JSON Schema, interpreted: what rule sets use to describe how something must look
 * (https://json-schema.org/draft-07/draft-handrews-json-schema-validation-01, and of its later drafts what a `$schema` asks for).
 * Keywords are asked in the order in which Ajv asks them, as the first that fails is the one that Spectral tells of.
 */
import { isObject, isString } from '../../base/json';
import { parsePointer } from '../pointer';
import type { TreeNode } from '../tree';
import type { Fault } from './functions';
import type { Check, Faults, Inner } from './schema-kinds';
import { fault, isSame, listFaults, mapFaults, numberFaults, textFaults, typeFaults } from './schema-kinds';

type Follow = (node: TreeNode) => TreeNode;

const deepest = 40;
/** A schema that asks more of one value than this was meant by nobody; the rest counts as fitting. */
const mostSteps = 100_000;
/** So many reasons are told why a value fits no form. */
const mostReasons = 3;

/** Keywords of JSON Schema that are not understood; what is no keyword at all says nothing there. */
const notUnderstood = new Set(['unevaluatedProperties', 'unevaluatedItems', '$dynamicRef', '$recursiveRef']);

/** Keywords of a schema that are not understood, wherever they stand in it. */
export function unknownKeywords(schema: unknown): readonly string[] {
  if (Array.isArray(schema)) return schema.flatMap(unknownKeywords);
  if (!isObject(schema)) return [];
  return Object.entries(schema).flatMap(([key, value]) => {
    if (notUnderstood.has(key)) return [key];
    if (key === '$ref') return isString(value) && !value.startsWith('#') ? [`\`$ref: ${value}\``] : [];
    return ['enum', 'const', 'default', 'examples'].includes(key) ? [] : unknownKeywords(value);
  });
}

export interface SchemaOptions {
  /** All that is wrong, not the first alone. */
  readonly isAll?: boolean;
  /** The draft, where the schema does not say it by `$schema`: `draft7`, `draft2020-12`. */
  readonly dialect?: string | undefined;
}

/** What of a value is not as the schema says: the first thing, or all. */
export function schemaFaults(
  node: TreeNode,
  schema: unknown,
  follow: Follow,
  { isAll = false, dialect }: SchemaOptions = {},
): readonly Fault[] {
  const reading = new Reading(schema, follow, dialect);
  const found: Fault[] = [];
  for (const one of reading.faults(node, schema, 0)) {
    found.push(one);
    if (!isAll) break;
  }
  return found;
}

class Reading {
  readonly #root: unknown;
  readonly #follow: Follow;
  /** Whether the words of drafts since 2019-09 count. */
  readonly #isNew: boolean;
  #steps = 0;

  constructor(root: unknown, follow: Follow, dialect = '') {
    this.#root = root;
    this.#follow = follow;
    const said = isObject(root) && isString(root['$schema']) ? root['$schema'] : dialect;
    this.#isNew = /2019-09|2020-12/.test(said);
  }

  *faults(node: TreeNode, schema: unknown, depth: number): Faults {
    this.#steps += 1;
    if (schema === false) yield { why: 'it must not be there', at: node };
    if (!isObject(schema) || depth > deepest || this.#steps > mostSteps) return;
    const inner: Inner = (one, below) => this.faults(one, below, depth + 1);
    const check: Check = {
      node,
      value: this.#follow(node),
      schema,
      isNew: this.#isNew,
      inner,
      fits: (one, below) => inner(one, below).next().done === true,
    };
    const wrong = [...typeFaults(check)];
    yield* wrong;
    // Of what is of another type altogether nothing more is asked.
    if (wrong.length > 0) return;
    yield* this.#combined(check);
    yield* ofKind(check);
  }

  *#combined(check: Check): Faults {
    const { node, value, schema, inner, fits } = check;
    const { $ref: ref, enum: all, allOf, not } = schema;
    if (isString(ref)) yield* inner(node, this.#behind(ref));
    if ('const' in schema)
      yield* fault(
        node,
        !isSame(value, schema['const'], this.#follow),
        `it must be ${JSON.stringify(schema['const'])}`,
      );
    if (Array.isArray(all))
      yield* fault(
        node,
        !all.some((one) => isSame(value, one, this.#follow)),
        `it must be one of ${all.map((one) => (isString(one) ? one : JSON.stringify(one))).join(', ')}`,
      );
    yield* fault(node, not !== undefined && fits(node, not), 'it must not look as it does');
    yield* this.#alternatives(check);
    if (Array.isArray(allOf)) for (const one of allOf) yield* inner(node, one);
    if ('if' in schema) yield* inner(node, schema[fits(node, schema['if']) ? 'then' : 'else']);
  }

  *#alternatives({ node, schema: { anyOf, oneOf }, inner }: Check): Faults {
    for (const [forms, most] of [[anyOf, Infinity] as const, [oneOf, 1] as const]) {
      if (!Array.isArray(forms)) continue;
      const first = forms.map((one) => inner(node, one).next().value?.why);
      const count = first.filter((why) => why === undefined).length;
      const reasons = [...new Set(first)].slice(0, mostReasons).join('; or ');
      yield* fault(node, count === 0, `it fits none of the forms that it may have (${reasons})`);
      yield* fault(
        node,
        count > most,
        `it fits ${count} of the forms that it may have, and must fit exactly one`,
      );
    }
  }

  /** What a `$ref` within the schema leads to; what leads nowhere says nothing. */
  #behind(ref: string): unknown {
    let at = this.#root;
    for (const name of parsePointer(ref.slice(1))) {
      if (Array.isArray(at)) at = at[Number(name)];
      else at = isObject(at) && Object.hasOwn(at, name) ? at[name] : undefined;
    }
    return at;
  }
}

function* ofKind(check: Check): Faults {
  const { value } = check.value;
  if (check.value.kind === 'map') yield* mapFaults(check);
  else if (check.value.kind === 'list') yield* listFaults(check);
  else if (typeof value === 'number') yield* numberFaults(check, value);
  else if (typeof value === 'string') yield* textFaults(check, value);
}
