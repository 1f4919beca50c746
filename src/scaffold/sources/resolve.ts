import { UserError, isAbort, messageOf } from '../../base/errors';
import { join } from '../../base/paths';
import { noTemplateIn, unreadable } from '../errors/sources';
import { loadTemplate, loadTemplates, readTemplate } from '../source';
import type { Template } from '../template';
import type { Located, ResolveOptions, SourceWorld } from './locate';
import { locate } from './locate';
import { parseSource, sourceText } from './reference';

export type { ResolveOptions, SourceWorld } from './locate';

/** A template and where it is from. */
export interface Resolved {
  readonly template: Template;
  /** What a service records: `bundled`, an absolute folder, or `git+…` with ref and folder. */
  readonly source: string;
  /** The commit that the template was read from; git only. */
  readonly commit?: string;
  /** What a person should know: read from the cache, a tag that moved, a better way to write the source. Sentences. */
  readonly notes: readonly string[];
}

/** One template of a source, or why there is none. */
export type Offer = Resolved | { readonly source: string; readonly error: UserError };

/**
 * Reads the template that `text` names: an id, a folder, or `git+https://host/repo.git#ref:folder`. Nothing of it is executed.
 * A git source is fetched into the cache once per commit; where its repository can't be reached, the commit that the ref was last is
 * taken from the cache, and a note says so. For a recorded template of the extension, give its id and not `bundled`.
 * Throws UserError `scaffold/…`, AbortError.
 */
export async function resolveTemplate(
  text: string,
  world: SourceWorld,
  options: ResolveOptions,
): Promise<Resolved> {
  const { source, hint } = parseSource(text);
  if (source.kind === 'bundled') {
    const template = await loadTemplate(world.bundled, source.id, world.files);
    return { template, source: 'bundled', notes: [] };
  }
  const found = await locate(source, world, options);
  return withNotes(await read(found, world), hint);
}

/**
 * Reads every template of a source: its own, or else those of the folders in it. An empty text is the extension's own templates.
 * One that can't be read does not hide the others. Throws AbortError, and a UserError when the source itself can't be read.
 */
export async function listTemplates(
  text: string,
  world: SourceWorld,
  options: ResolveOptions,
): Promise<readonly Offer[]> {
  if (text === '') {
    const own = await loadTemplates(world.bundled, world.files);
    return own.map((template) => ({ template, source: 'bundled', notes: [] }));
  }
  const { source, hint } = parseSource(text);
  if (source.kind === 'bundled') return [await resolveTemplate(text, world, options)];
  const found = await locate(source, world, options);
  if (await isTemplate(found.dir, world)) return [withNotes(await read(found, world), hint)];
  const below = await foldersIn(found, world);
  if (below.length === 0) throw noTemplateIn(sourceText(source));
  return Promise.all(below.map((one) => readOrTell(one, world)));
}

/** As `listTemplates` of several sources; one that can't be read is an offer with its error. Throws AbortError. */
export async function listAll(
  texts: readonly string[],
  world: SourceWorld,
  options: ResolveOptions,
): Promise<readonly Offer[]> {
  const lists = await Promise.all(
    texts.map((text) =>
      listTemplates(text, world, options).catch((error: unknown): readonly Offer[] => [
        { source: text, error: told(error, text) },
      ]),
    ),
  );
  return lists.flat();
}

const isTemplate = async (dir: string, { files }: SourceWorld): Promise<boolean> =>
  (await files.kind(join(dir, 'template.yaml'))) === 'file';

async function read({ dir, source, commit, notes }: Located, world: SourceWorld): Promise<Resolved> {
  const from = { source: sourceText(source), ...(commit === undefined ? {} : { commit }) };
  return { ...from, template: await readTemplate(world.files, { dir, ...from }), notes };
}

/** The templates that lie side by side in a folder, each with a source of its own. */
async function foldersIn(found: Located, world: SourceWorld): Promise<readonly Located[]> {
  const names = (await world.files.list(found.dir)).filter((one) => one.kind === 'directory');
  const all = names.map(({ name }): Located => {
    const { source } = found;
    const own =
      source.kind === 'git'
        ? { ...source, dir: join(source.dir, name) }
        : { ...source, path: join(source.path, name) };
    return { ...found, source: own, dir: join(found.dir, name) };
  });
  const known = await Promise.all(all.map(({ dir }) => isTemplate(dir, world)));
  return all.filter((_, index) => known[index]);
}

async function readOrTell(found: Located, world: SourceWorld): Promise<Offer> {
  try {
    return await read(found, world);
  } catch (error) {
    return { source: sourceText(found.source), error: told(error, sourceText(found.source)) };
  }
}

/** The error as an answer; a cancel is none. */
function told(error: unknown, source: string): UserError {
  if (isAbort(error)) throw error;
  return error instanceof UserError ? error : unreadable(source, messageOf(error));
}

function withNotes(found: Resolved, hint: string | undefined): Resolved {
  return hint === undefined ? found : { ...found, notes: [hint, ...found.notes] };
}
