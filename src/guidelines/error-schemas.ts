/** How an API tells its errors: the schemas of its error responses. */
import { addAll } from '../base/add-all';
import { fact, listed } from './fact';
import { isClass } from './http';
import type { Member } from './lists';
import { isOpenEnded, membersOf } from './lists';
import { pathOf, responsesOf, schemasOf } from './openapi';
import { isOfType } from './schemas';
import type { Spec } from './spec';
import type { TreeNode } from './tree';

/** The schemas of 4xx responses, where they are written: a shared one once for each use. */
const written = listed((view, spec) =>
  view.nodes('operation').flatMap((operation) => {
    if (pathOf(operation) === undefined) return [];
    return responsesOf(operation).flatMap(({ code, node }) =>
      isClass(code, 4) ? schemasOf(spec.deref(node)).flatMap((schema) => spec.deref(schema) ?? []) : [],
    );
  }),
);

export interface ErrorSchema {
  readonly schema: TreeNode;
  /** Without `_` and `-`, in lower case. */
  readonly names: readonly string[];
  /** How many responses are told with it. */
  readonly uses: number;
}

/** The objects that errors are told in, each once, with the names of their members; those that say nothing of them are left out. */
export const errorSchemas = fact((spec: Spec): readonly ErrorSchema[] => {
  const uses = new Map<TreeNode, number>();
  for (const schema of written(spec)) uses.set(schema, (uses.get(schema) ?? 0) + 1);
  const all = [...uses].toSorted(([a], [b]) => a.start - b.start);
  // RFC 6749, section 5.2, prescribes `error` and `error_description` for OAuth.
  return all.flatMap(([schema, count]) => {
    if (isOpenEnded(schema)) return [];
    const names = namesIn(membersOf(schema, spec), spec);
    const isPrescribed = names?.includes('errordescription') === true;
    return names === undefined || names.length === 0 || isPrescribed ? [] : [{ schema, names, uses: count }];
  });
});

/** What stands in `error` or `errors` counts too; undefined when that can’t be told. */
function namesIn(members: readonly Member[], spec: Spec): readonly string[] | undefined {
  const names = members.map(({ name }) => name);
  for (const { name, node } of members) {
    if (!/^errors?$/i.test(name)) continue;
    const outer = spec.deref(node);
    const inner = outer !== undefined && isOfType(outer, 'array') ? spec.deref(outer.get('items')) : outer;
    if (inner === undefined || isOpenEnded(inner)) return undefined;
    addAll(
      names,
      membersOf(inner, spec).map((member) => member.name),
    );
  }
  return names.map((name) => name.toLowerCase().replaceAll(/[_-]/g, ''));
}
