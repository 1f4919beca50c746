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
  if (ref !== undefined && elsewhere === undefined && !isFirst(value, schema, spec)) return;
  const misfits = misfitsOf(value, schema, spec);
  for (const misfit of elsewhere === undefined ? misfits : misfits.slice(0, 1))
    report({
      at: elsewhere ?? misfit.at,
      on: spot(misfit, elsewhere),
      message: sentence(misfit, value, what),
    });
}

/** What refers to examples, in the order of the text. */
const referring = listed((view) =>
  (['mediaType', 'parameter', 'header'] as const).flatMap((type) =>
    view
      .nodes(type)
      .filter(
        (holder) => holder.has('schema') && holder.childrenOf('examples').some((one) => one.has('$ref')),
      ),
  ),
);

/** By example, the schema that each reference to the same schema is checked with: the first. */
const firstSchemas = fact((spec: Spec) => {
  const first = new Map<TreeNode, Map<TreeNode, TreeNode>>();
  for (const holder of referring(spec)) {
    const schema = holder.get('schema');
    const meant = schema && spec.deref(schema);
    if (schema === undefined || meant === undefined) continue;
    for (const { value, ref } of examplesOf(holder, spec)) {
      const schemas = first.get(value) ?? new Map<TreeNode, TreeNode>();
      if (ref !== undefined && !schemas.has(meant)) first.set(value, schemas.set(meant, schema));
    }
  }
  return first;
});

function isFirst(value: TreeNode, schema: TreeNode, spec: Spec): boolean {
  const meant = spec.deref(schema);
  const first = meant && firstSchemas(spec).get(value)?.get(meant);
  return first === undefined || first === schema;
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
