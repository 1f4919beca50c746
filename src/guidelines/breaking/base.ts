import { looksLikeSpec } from '../detect';
import type { ProjectFile } from '../project/file';
import type { Project } from '../project/project';
import { Spec } from '../spec';
import type { Steps } from '../steps';
import type { BaseText } from './git';

/** An older version that was read, to be compared with. */
export interface Base {
  readonly spec: Spec;
  readonly from: string;
}

type Text = Pick<BaseText, 'text' | 'from'>;

/** The text with the line ends of the new one: what did not change is then the same. */
function alike(text: string, now: Spec): string {
  const plain = text.startsWith('\uFEFF') ? text.slice(1) : text;
  return now.text.includes('\r\n') && !plain.includes('\r\n') ? plain.replaceAll('\n', '\r\n') : plain;
}

/**
 * Reads an older version that stands by itself; undefined when it is no description that can be read. What is as in the new one is not
 * read again.
 */
export function* baseSteps({ text, from }: Text, now: Spec): Steps<Base | undefined> {
  const plain = alike(text, now);
  if (!looksLikeSpec(plain)) return undefined;
  const spec = new Spec(plain, now.notebook);
  spec.source.borrow(now.source);
  return (yield* spec.outlineSteps()) && spec.isSound ? { spec, from } : undefined;
}

/** What the older version of a description in several files needs. */
export interface BaseFiles {
  /** The files as they are now. */
  readonly project: Project;
  /** Where the older version stood. */
  readonly address: string;
  /** The older texts of files, by their addresses; what has none is as it is now. */
  texts(addresses: readonly string[]): Promise<ReadonlyMap<string, string>>;
  run<T>(steps: Steps<T>): Promise<T>;
}

/** A reference to another file. */
const leadsOut = /\$ref["']?\s*:\s*["']?[^\s"'#]/;

/** Reads an older version with all that it leads to; undefined when it is no description that can be read. */
export async function readBase(base: Text, now: Spec, files: BaseFiles): Promise<Base | undefined> {
  if (!leadsOut.test(base.text)) return files.run(baseSteps(base, now));
  const older = files.project.older();
  const spec = older.read(alike(base.text, now));
  spec.source.borrow(now.source);
  older.put(files.address, spec);
  for (;;) {
    const wanted = await files.run(older.updateSteps());
    if (wanted.length === 0) break;
    const texts = await files.texts(wanted.map((file) => file.address));
    for (const file of wanted) await readOlder(file, older, { project: files.project, texts });
  }
  const isRead = older.find(files.address)?.isDescription === true && spec.isSoundAround;
  return isRead ? { spec, from: base.from } : undefined;
}

/** Reads another file as it was, or as it is when nobody knows that. */
async function readOlder(
  file: ProjectFile,
  older: Project,
  { project, texts }: Pick<BaseFiles, 'project'> & { readonly texts: ReadonlyMap<string, string> },
): Promise<void> {
  const text = texts.get(file.address);
  const present = project.find(file.address)?.spec;
  if (text === undefined || isLink(text)) await older.load([file]);
  else older.take(file, { text: present === undefined ? text : alike(text, present) });
  if (present !== undefined) file.spec?.source.borrow(present.source);
}

/** Git keeps a symbolic link as a text that names a file: what that holds is as it is now. */
const isLink = (text: string): boolean => /^[^\s:{}[\]]+\.(?:ya?ml|json)$/i.test(text);
