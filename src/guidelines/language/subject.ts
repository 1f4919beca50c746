/** What somebody asks about: a thing that has a name, whether he points at the thing or at where it is named. */
import { parsePointer } from '../pointer';
import { targetOf } from '../project/address';
import type { Spec } from '../spec';
import { specOf } from '../spec';
import type { TreeNode } from '../tree';
import { nodeAt } from './at';
import type { Offering } from './offers';
import type { NameKind, Named, Occurrence } from './occurrences';
import { allOccurrences, occurrenceAt } from './occurrences';

export type Subject =
  /** What a reference can lead to: the node that a pointer names in a file. */
  | { readonly kind: 'place'; readonly spec: Spec; readonly path: readonly string[] }
  | { readonly kind: NameKind; readonly name: string; readonly home: Spec };

export interface Use extends Occurrence {
  readonly spec: Spec;
}

/** The files of a request: the one that it is about, and all that belong together with it. */
export interface Files {
  readonly spec: Spec;
  /** All files that lead to each other, this one first. */
  readonly around: readonly Spec[];
  /** Files that nothing leads to yet. */
  readonly elsewhere?: readonly Offering[];
}

/** What is pointed at; undefined for what has no name that anybody could use. */
export function subjectAt(spec: Spec, offset: number): Subject | undefined {
  const occurrence = occurrenceAt(spec, offset);
  if (occurrence !== undefined) return subjectOf(occurrence.named, spec);
  const at = nodeAt(spec, offset);
  return at?.on === 'key' ? { kind: 'place', spec, path: pathOf(at.node) } : undefined;
}

/** What an occurrence in a file names. */
export function subjectOf(named: Named, spec: Spec): Subject | undefined {
  if (named.kind !== 'ref' && named.kind !== 'schema')
    return { kind: named.kind, name: named.name, home: spec.home };
  const node = named.kind === 'ref' ? spec.resolve(named.ref) : schemaNamed(named.name, spec.home);
  const owner = node && specOf(node);
  return node && owner && { kind: 'place', spec: owner, path: pathOf(node) };
}

function schemaNamed(name: string, home: Spec): TreeNode | undefined {
  return (
    home.ownRoot.get('components')?.get('schemas')?.get(name) ?? home.ownRoot.get('definitions')?.get(name)
  );
}

/** Where a name is said for the first time, or the place itself. */
export function definitionsOf(
  subject: Subject,
): readonly { readonly spec: Spec; readonly node: TreeNode; readonly on: 'key' | 'value' }[] {
  if (subject.kind === 'place') {
    const node = nodeBelow(subject.spec.ownRoot, subject.path);
    return node === undefined ? [] : [{ spec: subject.spec, node, on: 'key' }];
  }
  return namesIn(subject).filter(({ named }) => 'isDefinition' in named && named.isDefinition);
}

/** Everything that names the subject, definitions left out. */
export function usesOf(subject: Subject, { around }: Files): readonly Use[] {
  if (subject.kind !== 'place')
    return namesIn(subject).filter(({ named }) => 'isDefinition' in named && !named.isDefinition);
  const scheme = schemeAt(subject);
  const schemes =
    scheme === undefined
      ? []
      : namesIn(scheme).filter(({ named }) => 'isDefinition' in named && !named.isDefinition);
  return [...around.flatMap((spec) => placesIn(spec, subject)), ...schemes];
}

/** A security scheme is a place that is also named by its key alone. */
export function schemeAt(subject: Subject): Extract<Subject, { kind: NameKind }> | undefined {
  if (subject.kind !== 'place') return undefined;
  const { path, spec } = subject;
  const name = path.at(-1);
  const isScheme = /^(?:components\/securitySchemes|securityDefinitions)$/.test(path.slice(0, -1).join('/'));
  return isScheme && name !== undefined ? { kind: 'scheme', name, home: spec.home } : undefined;
}

/** A scheme as the place where it stands. */
export function placeOfScheme(subject: Subject): Extract<Subject, { kind: 'place' }> | undefined {
  if (subject.kind !== 'scheme') return undefined;
  const [found] = definitionsOf(subject);
  return found && { kind: 'place', spec: found.spec, path: pathOf(found.node) };
}

function namesIn(subject: Extract<Subject, { kind: NameKind }>): readonly Use[] {
  const { home } = subject;
  const members = home.others?.members ?? [];
  return (members.length === 0 ? [home] : members).flatMap((spec) =>
    [...allOccurrences(spec)].flatMap((one) =>
      one.named.kind === subject.kind && one.named.name === subject.name ? [{ ...one, spec }] : [],
    ),
  );
}

/** References in a file that lead to a place, or into it. */
function placesIn(spec: Spec, place: Extract<Subject, { kind: 'place' }>): readonly Use[] {
  const found: Use[] = [];
  for (const one of allOccurrences(spec)) if (leadsTo(one.named, spec, place)) found.push({ ...one, spec });
  return found;
}

const plainName = /^[\w.-]+$/;

function leadsTo(named: Named, spec: Spec, place: Extract<Subject, { kind: 'place' }>): boolean {
  const name = place.path.at(-1) ?? '';
  if (named.kind === 'schema')
    return named.name === name && place.spec === spec.home && isSchemaPath(place.path);
  if (named.kind !== 'ref') return false;
  // Most references lead elsewhere, which a look at the text tells.
  if (plainName.test(name) && !named.ref.includes(name) && !named.ref.includes('%')) return false;
  const path = pathIn(named.ref, spec, place.spec);
  return (
    path !== undefined && path.length >= place.path.length && place.path.every((key, at) => key === path[at])
  );
}

const isSchemaPath = (path: readonly string[]): boolean =>
  /^(?:components\/schemas|definitions)$/.test(path.slice(0, -1).join('/'));

/** The keys that a reference names in a file; undefined when it leads to another. */
export function pathIn(ref: string, from: Spec, to: Spec): readonly string[] | undefined {
  const cut = ref.indexOf('#');
  if (cut === 0) return from === to ? parsePointer(ref.slice(1)) : undefined;
  const { others } = from;
  if (others === undefined || to.others === undefined) return undefined;
  const target = targetOf(others.address, ref);
  return target.kind === 'file' && target.address === to.others.address
    ? parsePointer(target.pointer)
    : undefined;
}

export const pathOf = (node: TreeNode): readonly string[] => node.path.map(String);

export function nodeBelow(root: TreeNode, path: readonly string[]): TreeNode | undefined {
  let node: TreeNode | undefined = root;
  for (const key of path) {
    const found: TreeNode | undefined =
      node.actual.kind === 'list' ? node.actual.children[Number(key)] : node.actual.get(key);
    if (found === undefined) return undefined;
    node = found;
  }
  return node;
}
