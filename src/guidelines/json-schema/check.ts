/**
 * Checks values that are written in a description against its schemas: JSON Schema as far as OpenAPI uses it
 * (https://json-schema.org/draft/2020-12/json-schema-validation, and its older dialects in OpenAPI 3.0 and Swagger 2.0). What can't be
 * decided, as with schemas in other files, counts as fitting. Time is bounded: after so many steps the rest counts as fitting.
 */
import { typeOfValue } from '../schemas';
import type { Spec } from '../spec';
import type { TreeNode } from '../tree';
import { meantBy } from '../words';
import { isEqual } from './equal';
import type { Misfit } from './misfit';
import { fits } from './misfit';
import { checkNumber, checkText, checkType, numberAt } from './scalars';
import { hasPattern } from './strings';

const mostSteps = 5000;
const deepest = 60;
const mostMisfits = 5;

/** What does not fit in a value, at most five places. */
export function misfitsOf(value: TreeNode, schema: TreeNode, spec: Spec): readonly Misfit[] {
  return new SchemaCheck(spec).check(value, schema, 0).slice(0, mostMisfits);
}

class SchemaCheck {
  readonly #spec: Spec;
  #steps = 0;

  constructor(spec: Spec) {
    this.#spec = spec;
  }

  check(node: TreeNode, written: TreeNode, depth: number): readonly Misfit[] {
    const value = node.actual;
    this.#steps += 1;
    if (this.#steps > mostSteps || depth > deepest || value.kind === 'alias') return fits;
    const schema = written.actual;
    if (schema.kind === 'scalar')
      return schema.value === false ? [{ at: value, message: 'is not allowed here' }] : fits;
    // A reference in an example is put in by some tools; what it leads to is checked where it stands.
    if (schema.kind !== 'map' || value.get('$ref')?.string !== undefined) return fits;
    const ref = schema.stringAt('$ref');
    if (ref === undefined) return this.#own(value, schema, depth);
    const target = this.#spec.resolve(ref);
    const behind = target === undefined ? fits : this.check(value, target, depth + 1);
    const isAlone =
      schema.children.length === 1 || this.#spec.version === '2.0' || this.#spec.version === '3.0';
    return behind.length > 0 || isAlone ? behind : this.#own(value, schema, depth);
  }

  #fits(value: TreeNode, schema: TreeNode, depth: number): boolean {
    return this.check(value, schema, depth + 1).length === 0;
  }

  #own(value: TreeNode, schema: TreeNode, depth: number): readonly Misfit[] {
    const wrong = checkType(value, schema, this.#spec.version);
    if (wrong.length > 0) return wrong;
    const own = this.#byKind(value, schema, depth);
    return own.length > 0 ? own : this.#combined(value, schema, depth);
  }

  #byKind(value: TreeNode, schema: TreeNode, depth: number): readonly Misfit[] {
    if (value.kind === 'map') return this.#object(value, schema, depth);
    if (value.kind === 'list') return this.#list(value, schema, depth);
    if (typeof value.value === 'string') return checkText(value, value.value, schema);
    return typeof value.value === 'number' ? checkNumber(value, value.value, schema) : fits;
  }

  #object(value: TreeNode, schema: TreeNode, depth: number): readonly Misfit[] {
    const properties = schema.get('properties')?.actual;
    const misfits: Misfit[] = [];
    for (const one of schema.childrenOf('required')) {
      const name = one.actual.string;
      if (name === undefined || value.has(name) || this.#isOneWay(properties?.get(name))) continue;
      misfits.push({ at: value, message: `lacks \`${name}\`, which is required` });
    }
    for (const child of value.children) {
      if (child.key === undefined || child.key === '<<') continue;
      misfits.push(...this.#property(child, child.key, { schema, properties, depth }));
      if (misfits.length >= mostMisfits) break;
    }
    if (misfits.length > 0) return misfits;
    const [least, most] = [numberAt(schema, 'minProperties'), numberAt(schema, 'maxProperties')];
    const count = value.children.length;
    if (least !== undefined && count < least)
      return [{ at: value, message: `must have at least ${least} properties` }];
    return most !== undefined && count > most
      ? [{ at: value, message: `must have at most ${most} properties` }]
      : fits;
  }

  /** A property that only requests or only responses have may be missing in an example of the other. */
  #isOneWay(property: TreeNode | undefined): boolean {
    const schema = property?.has('$ref') === true ? this.#spec.deref(property) : property;
    return schema?.get('readOnly')?.value === true || schema?.get('writeOnly')?.value === true;
  }

  #property(
    child: TreeNode,
    key: string,
    {
      schema,
      properties,
      depth,
    }: { readonly schema: TreeNode; readonly properties: TreeNode | undefined; readonly depth: number },
  ): readonly Misfit[] {
    const own = properties?.get(key);
    if (own !== undefined) return this.check(child, own, depth + 1);
    const matching = schema.childrenOf('patternProperties').find((one) => hasPattern(key, one.key ?? ''));
    if (matching !== undefined) return this.check(child, matching, depth + 1);
    const rest = schema.get('additionalProperties');
    if (rest === undefined) return fits;
    if (rest.actual.value !== false || rest.actual.kind !== 'scalar')
      return this.check(child, rest, depth + 1);
    const meant = meantBy(key, properties?.keys ?? []);
    return [
      {
        at: child,
        message: `is no property of this schema${meant === undefined ? '' : `; did you mean \`${meant}\`?`}`,
      },
    ];
  }

  #list(value: TreeNode, schema: TreeNode, depth: number): readonly Misfit[] {
    const items = value.children;
    const [least, most] = [numberAt(schema, 'minItems'), numberAt(schema, 'maxItems')];
    if (least !== undefined && items.length < least)
      return [{ at: value, message: `must have at least ${least} items, and has ${items.length}` }];
    if (most !== undefined && items.length > most)
      return [{ at: value, message: `must have at most ${most} items, and has ${items.length}` }];
    const each = schema.get('items')?.actual;
    const first = each?.kind === 'list' ? each.children : schema.childrenOf('prefixItems');
    const misfits: Misfit[] = [];
    for (const [at, item] of items.entries()) {
      const wanted = first[at] ?? (each?.kind === 'list' ? undefined : each);
      if (wanted !== undefined) misfits.push(...this.check(item, wanted, depth + 1));
      if (misfits.length >= mostMisfits) return misfits;
    }
    return misfits.length > 0 ? misfits : this.#asSet(value, schema);
  }

  #asSet(value: TreeNode, schema: TreeNode): readonly Misfit[] {
    if (schema.get('uniqueItems')?.value !== true) return fits;
    const items = value.children;
    this.#steps += items.length ** 2;
    if (this.#steps > mostSteps) return fits;
    const twin = items.find((item, at) => items.slice(0, at).some((one) => isEqual(one, item)));
    return twin === undefined
      ? fits
      : [{ at: twin, message: 'stands in the list already, and each item may be there once' }];
  }

  #combined(value: TreeNode, schema: TreeNode, depth: number): readonly Misfit[] {
    for (const part of schema.childrenOf('allOf')) {
      const misfits = this.check(value, part, depth + 1);
      if (misfits.length > 0) return misfits;
    }
    for (const keyword of ['oneOf', 'anyOf'] as const) {
      const parts = schema.childrenOf(keyword);
      const misfits =
        parts.length === 0 ? fits : this.#alternatives(value, { schema, parts, keyword, depth });
      if (misfits.length > 0) return misfits;
    }
    const not = schema.get('not');
    if (not !== undefined && this.#fits(value, not, depth))
      return [{ at: value, message: 'is what `not` forbids' }];
    const condition = schema.get('if');
    if (condition === undefined) return fits;
    const then = schema.get(this.#fits(value, condition, depth) ? 'then' : 'else');
    return then === undefined ? fits : this.check(value, then, depth + 1);
  }

  #alternatives(
    value: TreeNode,
    {
      schema,
      parts,
      keyword,
      depth,
    }: {
      readonly schema: TreeNode;
      readonly parts: readonly TreeNode[];
      readonly keyword: 'oneOf' | 'anyOf';
      readonly depth: number;
    },
  ): readonly Misfit[] {
    if (typeOfValue(value) === 'null' && schema.get('nullable')?.value === true) return fits;
    const chosen = this.#chosen(value, schema, parts);
    if (chosen !== undefined) return this.check(value, chosen, depth + 1);
    let count = 0;
    const near: (readonly Misfit[])[] = [];
    for (const part of parts) {
      const misfits = this.check(value, part, depth + 1);
      if (misfits.length === 0) count += 1;
      else if (!misfits.some((one) => one.at === value && one.isType === true)) near.push(misfits);
      if (count > 0 && keyword === 'anyOf') return fits;
    }
    if (count === 1 || this.#steps > mostSteps) return fits;
    if (count > 1)
      return [
        { at: value, message: `fits ${count} of the schemas under \`oneOf\`, and must fit exactly one` },
      ];
    const [only] = near;
    return only !== undefined && near.length === 1
      ? only
      : [{ at: value, message: `fits none of the ${parts.length} schemas under \`${keyword}\`` }];
  }

  /** The alternative that the discriminator names. */
  #chosen(value: TreeNode, schema: TreeNode, parts: readonly TreeNode[]): TreeNode | undefined {
    const discriminator = schema.get('discriminator')?.actual;
    const name = value.stringAt(discriminator?.stringAt('propertyName') ?? '');
    if (discriminator === undefined || name === undefined) return undefined;
    const target = discriminator.get('mapping')?.actual.stringAt(name) ?? name;
    return parts.find((part) => {
      const ref = part.stringAt('$ref');
      return ref !== undefined && (ref === target || ref.endsWith(`/${target}`));
    });
  }
}
