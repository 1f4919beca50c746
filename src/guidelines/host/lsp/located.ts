/** Places in the files of a description, as the protocol names them. */
import type { Location, Position, Range, TextEdit } from 'vscode-languageserver-protocol';
import type { Place } from '../../language/at';
import type { FileEdits } from '../../language/rename';
import type { Files } from '../../language/subject';
import type { Spec } from '../../spec';
import type { Span } from '../../tree';
import { addressOf, uriAt } from './project';
import type { Session } from './session';

/** The description, or part of one, that a request is about, with all that belongs to it, as they are now; undefined for other files. */
export async function filesOf(session: Session, uri: string): Promise<Files | undefined> {
  await session.files.settle(new AbortController().signal);
  const spec = session.documents.get(uri)?.read();
  if (spec === undefined) return undefined;
  const address = addressOf(uri);
  const around = address === undefined ? [] : session.files.project.specsAround(address);
  return { spec, around: around.length === 0 ? [spec] : around };
}

export const offsetIn = (spec: Spec, position: Position): number => spec.source.lines.offsetAt(position);
export const rangeIn = (spec: Spec, span: Span): Range => spec.source.lines.rangeOf(span);

/** The URI of a file, as its editor writes it when it is open. */
export function uriOfSpec(session: Session, spec: Spec): string {
  for (const document of session.documents.values()) if (document.holds(spec)) return document.uri;
  return uriAt(spec.others?.address ?? '');
}

export function locationOf(session: Session, { spec, span }: Place): Location {
  return { uri: uriOfSpec(session, spec), range: rangeIn(spec, span) };
}

export function changesOf(session: Session, files: readonly FileEdits[]): Record<string, TextEdit[]> {
  return Object.fromEntries(
    files.map(({ spec, edits }) => [
      uriOfSpec(session, spec),
      edits.map((edit) => ({ range: rangeIn(spec, edit), newText: edit.text })),
    ]),
  );
}
