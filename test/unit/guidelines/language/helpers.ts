import assert from 'node:assert/strict';
import type { Project } from '../../../../src/guidelines/project/project';
import type { Place } from '../../../../src/guidelines/language/at';
import type { FileEdits, Refused } from '../../../../src/guidelines/language/rename';
import type { Files } from '../../../../src/guidelines/language/subject';
import type { Texts } from '../project/helpers';
import { projectOf, specAt } from '../project/helpers';
import { applyEdits } from '../helpers';

export const mark = '⌖';

export interface Marked {
  readonly project: Project;
  readonly files: Files;
  readonly offset: number;
}

/** Files of which one holds the mark, where the cursor is. That one is open, and those that are named. */
export async function marked(texts: Texts, open: readonly string[] = []): Promise<Marked> {
  const path = Object.keys(texts).find((one) => texts[one]?.includes(mark));
  assert.ok(path !== undefined, 'there is a mark');
  const offset = texts[path]?.indexOf(mark) ?? 0;
  const plain = { ...texts, [path]: texts[path]?.replace(mark, '') ?? '' };
  const project = await projectOf(plain, [...new Set([path, ...open])]);
  const spec = specAt(project, path);
  return { project, files: { spec, around: project.specsAround(`/w/${path}`) }, offset };
}

/** `openapi.yaml:3:4 text`, lines and characters counted from zero. */
export function shown({ spec, span }: Place): string {
  const { line, character } = spec.source.lines.positionAt(span.start);
  return `${nameOf(spec.others?.address)}:${line}:${character} ${spec.source.slice(span.start, span.end)}`;
}

const nameOf = (address: string | undefined): string => (address ?? '').replace('/w/', '');

/** The texts of the files after the edits. */
export function edited(found: readonly FileEdits[] | Refused): Readonly<Record<string, string>> {
  assert.ok(!('refused' in found), 'refused' in found ? found.refused : '');
  return Object.fromEntries(
    found.map(({ spec, edits }) => [nameOf(spec.others?.address), applyEdits(spec.text, edits)]),
  );
}
