/**
 * Checks values that are written in a description against its schemas: JSON Schema as far as OpenAPI uses it
 * (https://json-schema.org/draft/2020-12/json-schema-validation, and its older dialects in OpenAPI 3.0 and Swagger 2.0). What can't be
 * decided, as with schemas in other files, counts as fitting. Time is bounded: after so many steps the rest counts as fitting.
 */
import { addAll } from '../../base/add-all';
import { typeOfValue } from '../schemas';
import type { Spec } from '../spec';
import type { TreeNode } from '../tree';
import { meantBy } from '../words';
import { isEqual } from './equal';
import type { Facets } from './facets';
import { facetsOf } from './facets';
import type { Misfit } from './misfit';
import { fits } from './misfit';
import { checkCount, checkNumber, checkText, checkType } from './scalars';
import { hasPattern } from './strings';

const mostSteps = 5000;
const deepest = 60;
const mostMisfits = 5;

/** What does not fit in a value, at most five places. */
export function misfitsOf(value: TreeNode, schema: TreeNode, spec: Spec): readonly Misfit[] {
  const found = new SchemaCheck(spec).check(value, schema, 0);
  return found.length > mostMisfits ? found.slice(0, mostMisfits) : found;
}

const childrenOf = (schema: Facets, keyword: string): readonly TreeNode[] =>
  schema.get(keyword)?.children ?? [];

/** A schema that refers to another. */
interface Behind {
  readonly facets: Facets;
  readonly ref: string;
  readonly schema: TreeNode;
}

class SchemaCheck {
  readonly #spec: Spec;
  #steps = 0;

  constructor(spec: Spec) {
    this.#spec = spec;
  }

  check(node: TreeNode, written: TreeNode, depth: number): readonly Misfit[] {
    const value = node.actual;
    const schema = written.actual;
    this.#steps += 1;
    if (this.#steps > mostSteps || depth > deepest || value.kind === 'alias') return fits;
    if (schema.kind === 'scalar')
      return schema.value === false ? [{ at: value, message: 'is not allowed here' }] : fits;
    // A reference in an example is put in by some tools; what it leads to is checked where it stands.
    const isRef = value.kind === 'map' && value.get('$ref')?.string !== undefined;
    if (schema.kind !== 'map' || isRef) return fits;
    const facets = facetsOf(schema);
    return facets.ref === undefined
      ? this.#own(value, facets, depth)
      : this.#behind(value, { facets, ref: facets.ref, schema }, depth);
  }

  /** What stands beside a reference counts since OpenAPI 3.1. */
  #behind(value: TreeNode, { facets, ref, schema }: Behind, depth: number): readonly Misfit[] {
    const target = this.#spec.resolve(ref, schema);
    const misfits = target === undefined ? fits : this.check(value, target, depth + 1);
    const { version } = this.#spec;
    const isAlone = facets.isOnlyRef || version === '2.0' || version === '3.0';
    return misfits.length > 0 || isAlone ? misfits : this.#own(value, facets, depth);
  }

  #fits(value: TreeNode, schema: TreeNode, depth: number): boolean {
    return this.check(value, schema, depth + 1).length === 0;
  }

  #own(value: TreeNode, schema: Facets, depth: number): readonly Misfit[] {
    const wrong = checkType(value, schema);
    if (wrong.length > 0) return wrong;
    const own = this.#byKind(value, schema, depth);
    return own.length > 0 || !schema.combines ? own : this.#combined(value, schema, depth);
  }

  #byKind(value: TreeNode, schema: Facets, depth: number): readonly Misfit[] {
    if (value.kind === 'map') return this.#object(value, schema, depth);
    if (value.kind === 'list') return this.#list(value, schema, depth);
    if (!schema.limits) return fits;
    const plain = value.value;
    if (typeof plain === 'string') return checkText(value, plain, schema);
    return typeof plain === 'number' ? checkNumber(value, plain, schema) : fits;
  }

  #object(value: TreeNode, schema: Facets, depth: number): readonly Misfit[] {
    const misfits: Misfit[] = [];
    for (const name of schema.required)
      if (!value.has(name) && !this.#isOneWay(schema.properties.get(name)))
        misfits.push({ at: value, message: `lacks \`${name}\`, which is required` });
    for (const child of value.children) {
      if (misfits.length >= mostMisfits) break;
      if (child.key === undefined || child.key === '<<') continue;
      const found = this.#property(child, child.key, schema, depth);
      if (found.length > 0) addAll(misfits, found);
    }
    return misfits.length > 0 ? misfits : checkCount(value, schema, 'Properties');
  }

  /** A property that only requests or only responses have may be missing in an example of the other. */
  #isOneWay(property: TreeNode | undefined): boolean {
    if (property === undefined) return false;
    const schema = this.#spec.deref(property);
    return schema?.get('readOnly')?.value === true || schema?.get('writeOnly')?.value === true;
  }

  #property(child: TreeNode, key: string, schema: Facets, depth: number): readonly Misfit[] {
    const own =
      schema.properties.get(key) ??
      childrenOf(schema, 'patternProperties').find((one) => hasPattern(key, one.key ?? ''));
    if (own !== undefined) return this.check(child, own, depth + 1);
    const rest = schema.get('additionalProperties');
    if (rest === undefined) return fits;
    if (rest.kind !== 'scalar' || rest.value !== false) return this.check(child, rest, depth + 1);
    const meant = meantBy(key, schema.properties.keys());
    const hint = meant === undefined ? '' : `; did you mean \`${meant}\`?`;
    return [{ at: child, message: `is no property of this schema${hint}` }];
  }

  #list(value: TreeNode, schema: Facets, depth: number): readonly Misfit[] {
    const wrong = checkCount(value, schema, 'Items');
    if (wrong.length > 0) return wrong;
    const each = schema.get('items');
    const first = each?.kind === 'list' ? each.children : childrenOf(schema, 'prefixItems');
    const misfits: Misfit[] = [];
    for (const [at, item] of value.children.entries()) {
      const wanted = first[at] ?? (each?.kind === 'list' ? undefined : each);
      const found = wanted === undefined ? fits : this.check(item, wanted, depth + 1);
      if (found.length > 0) addAll(misfits, found);
      if (misfits.length >= mostMisfits) return misfits;
    }
    return misfits.length > 0 ? misfits : this.#asSet(value, schema);
  }

  #asSet(value: TreeNode, schema: Facets): readonly Misfit[] {
    if (!schema.restricts || schema.get('uniqueItems')?.value !== true) return fits;
    const items = value.children;
    this.#steps += items.length ** 2;
    if (this.#steps > mostSteps) return fits;
    const twin = items.find((item, at) => items.slice(0, at).some((one) => isEqual(one, item)));
    return twin === undefined
      ? fits
      : [{ at: twin, message: 'stands in the list already, and each item may be there once' }];
  }

  #combined(value: TreeNode, schema: Facets, depth: number): readonly Misfit[] {
    for (const part of childrenOf(schema, 'allOf')) {
      const misfits = this.check(value, part, depth + 1);
      if (misfits.length > 0) return misfits;
    }
    for (const keyword of ['oneOf', 'anyOf'] as const) {
      const misfits = this.#alternatives(value, schema, keyword, depth);
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
    schema: Facets,
    keyword: 'oneOf' | 'anyOf',
    depth: number,
  ): readonly Misfit[] {
    const parts = childrenOf(schema, keyword);
    if (parts.length === 0 || (typeOfValue(value) === 'null' && schema.isNullable)) return fits;
    const chosen = chosenOf(value, schema, parts);
    if (chosen !== undefined) return this.check(value, chosen, depth + 1);
    const tried: (readonly Misfit[])[] = [];
    for (const part of parts) {
      const misfits = this.check(value, part, depth + 1);
      if (misfits.length === 0 && keyword === 'anyOf') return fits;
      tried.push(misfits);
    }
    return this.#steps > mostSteps ? fits : outcome(value, tried, keyword);
  }
}

/** What is said when alternatives were tried: of the only one that was near, what is wrong with it. */
function outcome(value: TreeNode, tried: readonly (readonly Misfit[])[], keyword: string): readonly Misfit[] {
  const count = tried.filter((misfits) => misfits.length === 0).length;
  if (count === 1) return fits;
  if (count > 1)
    return [{ at: value, message: `fits ${count} of the schemas under \`oneOf\`, and must fit exactly one` }];
  const near = tried.filter((misfits) => !misfits.some((one) => one.at === value && one.isType === true));
  const [only] = near;
  if (only !== undefined && near.length === 1) return only;
  return [{ at: value, message: `fits none of the ${tried.length} schemas under \`${keyword}\`` }];
}

/** The alternative that the discriminator names. */
function chosenOf(value: TreeNode, schema: Facets, parts: readonly TreeNode[]): TreeNode | undefined {
  const discriminator = schema.get('discriminator');
  const name = value.stringAt(discriminator?.stringAt('propertyName') ?? '');
  if (discriminator === undefined || name === undefined) return undefined;
  const target = discriminator.get('mapping')?.actual.stringAt(name) ?? name;
  return parts.find((part) => {
    const ref = part.stringAt('$ref');
    return ref !== undefined && (ref === target || ref.endsWith(`/${target}`));
  });
}
