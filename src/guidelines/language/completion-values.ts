/** The values that a field can have, and the keys of maps that are named freely. */
import { valueKindOf } from '../field-values';
import { wordsFor } from '../field-words';
import { formatPointer } from '../pointer';
import { relativeTo } from '../project/address';
import type { NodeType } from '../shapes';
import type { Spec } from '../spec';
import type { PathSegment } from '../tree';
import { modelOf } from '../walk';
import { allOccurrences } from './occurrences';
import type { NameKind } from './occurrences';
import type { Files } from './subject';
import { nodeBelow } from './subject';
import { targetsFor } from './targets';

export interface Word {
  readonly text: string;
  readonly detail: string | undefined;
  readonly isReference?: true;
  /** Whether it is a number or a flag, and takes no quotes. */
  readonly isBare?: true;
}

const plain = (text: string): Word => ({ text, detail: undefined });

/** A field of an object whose value, or one of whose items, is written. */
interface Field {
  readonly files: Files;
  readonly holder: readonly PathSegment[];
  readonly type: NodeType;
  readonly name: string;
  readonly isItem: boolean;
}

/** What can stand at a path: the last key is the field, or the place in a list. */
export function wordsAt(files: Files, path: readonly PathSegment[]): readonly Word[] {
  const isItem = typeof path.at(-1) === 'number';
  const at = path.length - (isItem ? 2 : 1);
  const name = path[at];
  if (typeof name !== 'string') return [];
  const holder = path.slice(0, at);
  const mapping = mappingAt(files, holder, name);
  if (mapping !== undefined) return mapping;
  const type = typeAt(files.spec, holder);
  if (type === undefined) return [];
  const field = { files, holder, type, name, isItem };
  return namesFor(field) ?? valuesFor(field);
}

/** Values that the format itself knows. */
function valuesFor({ files: { spec }, type, name, isItem }: Field): readonly Word[] {
  const words = wordsFor(type, name, spec.version);
  if (words !== undefined) return words.map(plain);
  if (isItem) return [];
  if (type === 'schema' && name === 'format') return formats.map(plain);
  const isFlag = valueKindOf(type, name, spec.version) === 'flag';
  return isFlag ? ['true', 'false'].map((text) => ({ text, detail: undefined, isBare: true })) : [];
}

const formats =
  'date date-time email uuid uri int32 int64 float double byte binary password hostname ipv4 ipv6 time duration decimal'.split(
    ' ',
  );

function typeAt({ version, expected }: Spec, path: readonly PathSegment[]): NodeType | undefined {
  return modelOf(version, expected?.content)(path);
}

/** Names of the description, each once. */
function names(files: Files, kind: NameKind): readonly Word[] {
  const { home } = files.spec;
  const members = home.others?.members ?? [];
  const found = new Set<string>();
  for (const spec of members.length === 0 ? [home] : members)
    for (const { named } of allOccurrences(spec))
      if (named.kind === kind && named.isDefinition) found.add(named.name);
  return [...found].toSorted().map(plain);
}

const nameFields: Readonly<Record<string, NameKind>> = {
  'operation.tags': 'tag',
  'tag.parent': 'tag',
  'link.operationId': 'operation',
  'step.operationId': 'operation',
};

/** Values that are names of something in the description; undefined for other fields. */
function namesFor({ files, holder, type, name, isItem }: Field): readonly Word[] | undefined {
  if (name === '$ref' && !isItem) return references(files, type);
  if (type === 'schema' && name === 'required') return requirable(files.spec, holder);
  const field = `${type}.${name}`;
  const kind = Object.hasOwn(nameFields, field) ? nameFields[field] : undefined;
  return kind && names(files, kind);
}

/** The values of a mapping, and its default, are schemas. */
function mappingAt(files: Files, holder: readonly PathSegment[], field: string): readonly Word[] | undefined {
  const isMapping =
    holder.at(-1) === 'mapping' && typeAt(files.spec, holder.slice(0, -1)) === 'discriminator';
  const isDefault = field === 'defaultMapping' && typeAt(files.spec, holder) === 'discriminator';
  return isMapping || isDefault ? references(files, 'schema') : undefined;
}

/** References to everything of a type that has a name: in this file first, and last in files that nothing leads to yet. */
function references(files: Files, type: NodeType): readonly Word[] {
  return [...connected(files, type), ...unconnected(files, type)];
}

function unconnected({ spec, around, elsewhere = [] }: Files, type: NodeType): readonly Word[] {
  const from = spec.others?.address;
  if (from === undefined) return [];
  const known = new Set(around.map((one) => one.others?.address));
  const isSwagger = spec.version === '2.0';
  return elsewhere.flatMap((one) => {
    if (known.has(one.address) || one.address === from || (one.isSwagger ?? isSwagger) !== isSwagger)
      return [];
    const file = relativeTo(from, one.address);
    return one.offers
      .filter((offer) => offer.type === type)
      .map(({ pointer, detail }): Word => ({
        text: pointer === '' ? file : `${file}#${pointer}`,
        detail,
        isReference: true,
      }));
  });
}

function connected({ spec, around }: Files, type: NodeType): readonly Word[] {
  return [spec, ...around.filter((one) => one !== spec)].flatMap((one) => {
    const file = one === spec ? '' : fileFrom(spec, one);
    if (file === undefined) return [];
    return targetsFor(one, type).map(({ path, detail }): Word => ({
      text: `${file}#${formatPointer(path)}`,
      detail,
      isReference: true,
    }));
  });
}

function fileFrom(from: Spec, to: Spec): string | undefined {
  if (from.others === undefined || to.others === undefined) return undefined;
  return relativeTo(from.others.address, to.others.address);
}

/** The properties that stand beside `required` and are not in it. */
function requirable(spec: Spec, path: readonly PathSegment[]): readonly Word[] {
  const schema = nodeBelow(spec.ownRoot, path.map(String));
  const listed = new Set((schema?.childrenOf('required') ?? []).map((one) => one.string));
  return (schema?.get('properties')?.actual.keys ?? []).filter((key) => !listed.has(key)).map(plain);
}

const codes: readonly (readonly [string, string])[] = [
  ['200', 'OK'],
  ['201', 'Created'],
  ['202', 'Accepted'],
  ['204', 'No Content'],
  ['400', 'Bad Request'],
  ['401', 'Unauthorized'],
  ['403', 'Forbidden'],
  ['404', 'Not Found'],
  ['409', 'Conflict'],
  ['422', 'Unprocessable Content'],
  ['429', 'Too Many Requests'],
  ['500', 'Internal Server Error'],
  ['503', 'Service Unavailable'],
  ['default', 'all others'],
];
const mediaTypes = [
  'application/json',
  'application/problem+json',
  'multipart/form-data',
  'application/octet-stream',
  'text/plain',
];

/** Keys of maps whose keys are no fields: security schemes, status codes, media types. */
export function freeKeys(
  files: Files,
  path: readonly PathSegment[],
  type: NodeType | undefined,
): readonly Word[] {
  if (type === 'securityRequirement') return names(files, 'scheme');
  if (type === 'responses') return codes.map(([text, detail]) => ({ text, detail }));
  return path.at(-1) === 'content' && typeAt(files.spec, [...path, 'x']) === 'mediaType'
    ? mediaTypes.map(plain)
    : [];
}
