/** Examples that are written in a description, and what does not fit in them. */
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

/** Tells what does not fit in an example; when it stands elsewhere, once, at the reference to it. */
export function tellMisfits({ value, ref }: Example, schema: TreeNode, context: Context): void {
  const misfits = misfitsOf(value, schema, context.spec);
  const elsewhere = ref ?? (value.kind === 'alias' ? value : undefined);
  for (const misfit of elsewhere === undefined ? misfits : misfits.slice(0, 1))
    context.report({
      at: elsewhere ?? misfit.at,
      on: spot(misfit, elsewhere),
      message: sentence(misfit, value, context.what),
    });
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
