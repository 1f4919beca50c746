/** Rename: a component, tag, security scheme or operation id gets another name wherever it is named, in all files of the description. */
import type { Edit } from '../edit';
import { renameKey, replaceValue } from '../edit';
import { parsePointer } from '../pointer';
import type { Spec } from '../spec';
import type { Span, TreeNode } from '../tree';
import type { Occurrence } from './occurrences';
import { occurrenceAt } from './occurrences';
import type { Files, Subject } from './subject';
import { definitionsOf, nodeBelow, placeOfScheme, subjectAt, usesOf } from './subject';

export interface Refused {
  /** A sentence for people: why not, and what to do. */
  readonly refused: string;
}

export interface Renamable {
  readonly span: Span;
  readonly name: string;
}

export interface FileEdits {
  readonly spec: Spec;
  readonly edits: readonly Edit[];
}

type PlaceSubject = Extract<Subject, { kind: 'place' }>;

const no = (refused: string): Refused => ({ refused });
const nothingHere = no(
  'There is nothing here that can be renamed: point at a component, a tag, a security scheme or an operation id.',
);

/** What would be renamed at an offset, or why nothing can be. */
export function renamableAt(files: Files, offset: number): Renamable | Refused {
  const subject = renamedAt(files, offset);
  if ('refused' in subject) return subject;
  const name = nameOf(subject);
  const occurrence = occurrenceAt(files.spec, offset);
  if (occurrence === undefined) {
    const [defined] = definitionsOf(subject);
    const span = defined?.node.keySpan;
    return span === undefined ? nothingHere : { span: inner(files.spec, span), name };
  }
  const { node, on, named } = occurrence;
  const span =
    on === 'key' && node.keySpan !== undefined ? node.keySpan : { start: node.start, end: node.end };
  if (named.kind !== 'ref') return { span: inner(files.spec, span), name };
  // Of a reference only the name is shown, when it can be found in the text.
  const at = files.spec.source.slice(span.start, span.end).lastIndexOf(name);
  return at < 0
    ? { span, name }
    : { span: { start: span.start + at, end: span.start + at + name.length }, name };
}

/** The changes of all files, or why there can be none. */
export function renameAt(files: Files, offset: number, name: string): readonly FileEdits[] | Refused {
  const subject = renamedAt(files, offset);
  if ('refused' in subject) return subject;
  const old = nameOf(subject);
  if (name === old) return [];
  const wrong = wrongName(subject, name) ?? takenName(subject, name, files);
  if (wrong !== undefined) return no(wrong);
  const byFile = new Map<Spec, Edit[]>();
  const add = (spec: Spec, edits: readonly Edit[]): void => {
    const known = byFile.get(spec) ?? [];
    byFile.set(spec, known);
    for (const edit of edits) if (!known.some((one) => one.start === edit.start)) known.push(edit);
  };
  for (const { spec, node, on } of definitionsOf(subject))
    add(spec, on === 'key' ? renameKey(spec, node, name) : written(spec, node, name));
  for (const { spec, ...use } of usesOf(placeOfScheme(subject) ?? subject, files))
    add(spec, editOf(spec, use, { subject: placeOfScheme(subject) ?? subject, name }));
  return [...byFile].map(([spec, edits]) => ({ spec, edits }));
}

/** A definition that is both a name and a place is renamed as the name; what can't be renamed is refused. */
function renamedAt(files: Files, offset: number): Subject | Refused {
  const subject = subjectAt(files.spec, offset);
  if (subject === undefined) return nothingHere;
  const away = definitionsOf(subject).find(({ spec }) => spec.isOnWeb)?.spec.others?.address;
  if (away !== undefined)
    return no(`\`${nameOf(subject)}\` is defined at ${away}, where nothing can be written from here.`);
  if (subject.kind !== 'place')
    return definitionsOf(subject).length > 0 ? subject : no(undefinedName(subject));
  const node = nodeBelow(subject.spec.ownRoot, subject.path);
  if (node?.keySpan === undefined) return nothingHere;
  return refusal(subject, node, files) ?? subject;
}

const kinds = { tag: 'tag', scheme: 'security scheme', operation: 'operation' } as const;

const undefinedName = (subject: Exclude<Subject, PlaceSubject>): string =>
  `The ${kinds[subject.kind]} \`${subject.name}\` is not defined in this description, so it can't be renamed; define it first.`;

/** Names that are part of what goes over the wire, or of the format, are not ours to change. */
function refusal(place: PlaceSubject, node: TreeNode, files: Files): Refused | undefined {
  const { path, spec } = place;
  if (isComponent(place)) return chosenByName(place, node, files);
  const holder = path.at(-2) ?? '';
  if (/^(?:properties|patternProperties)$/.test(holder))
    return no(
      `\`${path.at(-1)}\` is a property: its name goes over the wire, so renaming it would change the API.`,
    );
  if (holder === 'paths' || path.at(-1)?.startsWith('/') === true)
    return no(`\`${path.at(-1)}\` is an address of the API: renaming it would change the API.`);
  const isOwn = !spec.isPart || /^(?:content|responses|headers|callbacks)$/.test(holder);
  if (holder === '$defs') return undefined;
  if (isOwn || usesOf(place, files).length === 0) return nothingHere;
  return undefined;
}

const sections = /^(?:components\/[^/]+|definitions|parameters|responses|securityDefinitions)$/;

function isComponent({ spec, path }: PlaceSubject): boolean {
  return !spec.isPart && sections.test(path.slice(0, -1).join('/'));
}

/** Without a mapping, the name of a schema stands in the data. */
function chosenByName({ path, spec }: PlaceSubject, node: TreeNode, { around }: Files): Refused | undefined {
  const name = path.at(-1) ?? '';
  if (!/^(?:components\/schemas|definitions)$/.test(path.slice(0, -1).join('/'))) return undefined;
  const bases = [node, ...node.childrenOf('allOf')].flatMap((one) => spec.deref(one) ?? []);
  const alternatives = around.flatMap((one) =>
    one.ownViews
      .flatMap((view) => view.nodes('discriminator'))
      .filter((found) => lists(found.parent, node, one)),
  );
  const choosing = [...bases.flatMap((base) => base.get('discriminator') ?? []), ...alternatives];
  const isMapped = (discriminator: TreeNode): boolean =>
    discriminator.childrenOf('mapping').some((one) => (one.string ?? '').split('/').at(-1) === name);
  if (choosing.every(isMapped)) return undefined;
  return no(
    `\`${name}\` is chosen by its name in the data (\`discriminator\` without a \`mapping\` for it), so renaming it would change the API; add a mapping first.`,
  );
}

function lists(holder: TreeNode | undefined, schema: TreeNode, spec: Spec): boolean {
  return ['oneOf', 'anyOf'].some((keyword) =>
    (holder?.childrenOf(keyword) ?? []).some(
      (one) => spec.resolve(one.stringAt('$ref') ?? '', one) === schema,
    ),
  );
}

function nameOf(subject: Subject): string {
  return subject.kind === 'place' ? (subject.path.at(-1) ?? '') : subject.name;
}

function wrongName(subject: Subject, name: string): string | undefined {
  if (name.trim() === '') return 'A name is needed.';
  const isKey = subject.kind === 'place' || subject.kind === 'scheme';
  if (isKey && !/^[\w.-]+$/.test(name))
    return `\`${name}\` can't be the name of a component: only letters, digits, \`.\`, \`-\` and \`_\` may stand in it.`;
  return /[\r\n]/.test(name) ? 'A name stands in one line.' : undefined;
}

function takenName(subject: Subject, name: string, files: Files): string | undefined {
  const place = placeOfScheme(subject) ?? subject;
  if (place.kind === 'place') {
    const holder = nodeBelow(place.spec.ownRoot, place.path.slice(0, -1));
    return holder?.has(name) === true
      ? `There is a \`${name}\` beside it already; choose another name.`
      : undefined;
  }
  const other = { ...place, name };
  const isThere = definitionsOf(other).length > 0 || usesOf(other, files).length > 0;
  return isThere ? `There is a ${kinds[place.kind]} \`${name}\` already; choose another name.` : undefined;
}

interface Renaming {
  readonly subject: Subject;
  readonly name: string;
}

function editOf(spec: Spec, { node, on, named }: Occurrence, { subject, name }: Renaming): readonly Edit[] {
  if (on === 'key') return renameKey(spec, node, name);
  if (named.kind !== 'ref' || subject.kind !== 'place') return written(spec, node, name);
  const changed = withSegment(named.ref, subject.path.length - 1, name);
  // What needed no quotes needs none now.
  if (node.style === 'plain') return [{ start: node.start, end: node.end, text: changed }];
  return replaceValue(spec, node, changed);
}

/** A reference with another name in it. */
function withSegment(ref: string, index: number, name: string): string {
  const cut = ref.indexOf('#');
  const segments = ref.slice(cut + 2).split('/');
  if (parsePointer(ref.slice(cut + 1)).length !== segments.length) return ref;
  segments[index] = name;
  return `${ref.slice(0, cut)}#/${segments.join('/')}`;
}

/** In a list between brackets a comma would end the name. */
function written(spec: Spec, node: TreeNode, name: string): readonly Edit[] {
  const isPlain = node.style === 'plain' && node.parent?.style === 'flow' && /[,[\]{}]/.test(name);
  if (!isPlain) return replaceValue(spec, node, name);
  return [{ start: node.start, end: node.end, text: `'${name.replaceAll("'", "''")}'` }];
}

/** A name without its quotes. */
function inner(spec: Spec, span: Span): Span {
  const isQuoted = /^["']/.test(spec.source.slice(span.start, span.end));
  return isQuoted ? { start: span.start + 1, end: span.end - 1 } : span;
}
