/** Examples that are written in a description, and what does not fit in them. */
import { fact, listed } from './fact';
import { misfitsOf } from './json-schema/check';
import type { Misfit } from './json-schema/misfit';
import type { Report } from './rule';
import type { Spec } from './spec';
import type { TreeNode } from './tree';

export interface Example {
  readonly value: TreeNode;
  /** Where it is referred to, when it does not stand here itself. */
  readonly ref?: TreeNode;
}

interface Context {
  readonly report: Report;
  readonly spec: Spec;
  /** What the value is to the reader: `example`, `default`. */
  readonly what: string;
}

/** `items/0/id`: the way from a value to a place in it; empty for the value itself. */
function wayTo(at: TreeNode, value: TreeNode): string {
  const way: string[] = [];
  for (let one: TreeNode | undefined = at; one !== undefined && one !== value; one = one.parent)
    way.unshift(one.key ?? String(one.parent?.children.indexOf(one) ?? 0));
  return way.join('/');
}

/**
 * Tells what does not fit in an example. One that stands elsewhere in this file is told there, and once for each schema, however many refer
 * to it; one in another file, or under an alias, is told at the reference to it.
 */
export function tellMisfits({ value, ref }: Example, schema: TreeNode, context: Context): void {
  const { report, spec, what } = context;
  const isAlias = value.kind === 'alias';
  const elsewhere = isAlias ? value : ref !== undefined && !spec.owns(value) ? ref : undefined;
  const example = elsewhere === undefined ? ref?.string : undefined;
  if (example !== undefined && !isFirst(example, schema, spec)) return;
  const misfits = misfitsOf(value, schema, spec);
  for (const misfit of elsewhere === undefined ? misfits : misfits.slice(0, 1))
    report({
      at: elsewhere ?? misfit.at,
      on: spot(misfit, elsewhere),
      message: sentence(misfit, value, what),
    });
}

/** A reference to an example beside one to a schema, as `keyOf` names both. */
interface Reference {
  readonly key: string;
  readonly schema: TreeNode;
}

/** What stands there is not asked, so that no edit of that changes the answer. Undefined when the schema is no reference: it has no other. */
function keyOf(example: string, schema: TreeNode): string | undefined {
  const ref = schema.stringAt('$ref');
  return ref === undefined ? undefined : `${example}\n${ref}`;
}

const references = listed((view) =>
  (['mediaType', 'parameter', 'header'] as const).flatMap((type) => view.nodes(type).flatMap(referencesIn)),
);

function referencesIn(holder: TreeNode): readonly Reference[] {
  const schema = holder.get('schema');
  if (schema === undefined) return [];
  return holder.childrenOf('examples').flatMap((one) => {
    const example = one.stringAt('$ref');
    const key = example === undefined ? undefined : keyOf(example, schema);
    return key === undefined ? [] : [{ key, schema }];
  });
}

/** Where several refer to the same example and the same schema, the schema of the first. */
const firstSchemas = fact((spec: Spec) => {
  const first = new Map<string, TreeNode>();
  const shared = new Map<string, TreeNode>();
  for (const { key, schema } of references(spec)) {
    const known = first.get(key);
    if (known === undefined) first.set(key, schema);
    else shared.set(key, known);
  }
  return shared;
});

/** Kept for each schema and example: of the many references few change their place in the order. */
const answers = new WeakMap<TreeNode, Map<string, () => boolean>>();

function isFirst(example: string, schema: TreeNode, spec: Spec): boolean {
  const key = keyOf(example, schema);
  if (key === undefined) return true;
  const known = answers.get(schema) ?? new Map<string, () => boolean>();
  answers.set(schema, known);
  let answer = known.get(example);
  if (answer === undefined) {
    answer = spec.answerTo(() => {
      const first = firstSchemas(spec).get(key);
      return first === undefined || first === schema;
    }, Object.is);
    known.set(example, answer);
  }
  return answer();
}

function spot({ at }: Misfit, elsewhere: TreeNode | undefined): 'key' | 'value' {
  return elsewhere === undefined && at.kind !== 'scalar' ? 'key' : 'value';
}

function sentence({ at, message }: Misfit, value: TreeNode, what: string): string {
  const way = wayTo(at, value.actual);
  return `${way === '' ? `This ${what}` : `\`${way}\` of this ${what}`} does not fit the schema: it ${message}.`;
}

/** The values of `example` and `examples` of a media type, parameter or header. */
export function examplesOf(holder: TreeNode, spec: Spec): readonly Example[] {
  const direct = holder.get('example');
  const named = holder.get('examples')?.actual;
  return [
    ...(direct === undefined ? [] : [{ value: direct }]),
    ...(named?.kind === 'map' ? named.children : []).flatMap((one) => {
      const ref = one.get('$ref');
      const found = spec.deref(one);
      const value = found?.get('value') ?? found?.get('dataValue');
      if (value === undefined) return [];
      return [ref === undefined ? { value } : { value, ref }];
    }),
  ];
}
