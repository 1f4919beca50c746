/** Find references: everything that names what is pointed at, in all files that belong together. */
import type { Place } from './at';
import { nameSpan } from './at';
import type { Files, Subject, Use } from './subject';
import { definitionsOf, placeOfScheme, subjectAt, usesOf } from './subject';

/** The places; undefined when nothing is pointed at that could be named elsewhere. */
export function referencesAt(
  files: Files,
  offset: number,
  withDefinition: boolean,
): readonly Place[] | undefined {
  const subject = subjectAt(files.spec, offset);
  return subject && referencesTo(subject, files, withDefinition);
}

export function referencesTo(subject: Subject, files: Files, withDefinition: boolean): readonly Place[] {
  const place = placeOfScheme(subject);
  // The uses of a scheme are those of its name, and references to where it stands.
  const uses = usesOf(place ?? subject, files);
  const defined = withDefinition
    ? definitionsOf(subject)
        .filter(({ spec }) => !spec.isOnWeb)
        .map(({ spec, node, on }) => ({
          spec,
          span: on === 'key' ? nameSpan(node) : spanOf(node),
        }))
    : [];
  return [...defined, ...uses.map(placeOf)];
}

const spanOf = ({ start, end }: { readonly start: number; readonly end: number }): Place['span'] => ({
  start,
  end,
});

function placeOf({ spec, node, on }: Use): Place {
  return { spec, span: on === 'key' ? nameSpan(node) : spanOf(node) };
}
