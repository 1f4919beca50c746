import { UserError } from '../../base/errors';
import { join } from '../../base/paths';
import type { FileEdit, Files, World } from '../../base/ports';
import type { Answer, Answers } from '../answers';
import { fitAnswer } from '../answers';
import { exposedSecret } from '../errors';
import { cannotChange, noManifest, noRecord, noVersion, olderTemplate, unsettled } from '../errors/update';
import type { TemplateRecord } from '../record';
import { readRecord, recordFile, writeRecord } from '../record';
import type { Template } from '../template';
import { compareVersions } from '../version';
import { migrateAnswers } from './answers';
import { bytesOf } from './content';
import { createServiceFolder } from './folder';
import type { UpdateItem } from './item';
import { planFiles } from './plan';
import type { Rendered } from './rendered';
import { renderVersion } from './rendered';
import type { Shelf } from './shelf';

/** What an update would do. */
export interface UpdatePlan {
  readonly dir: string;
  /** What the service is from now. */
  readonly from: TemplateRecord;
  /** What it will be from. */
  readonly to: TemplateRecord;
  /** Every file that the template manages or brings, by path; `same` and `keep` stay as they are. */
  readonly items: readonly UpdateItem[];
  /** What else there is to know, in sentences. */
  readonly notes: readonly string[];
  readonly edits: readonly FileEdit[];
}

export interface UpdateOptions {
  /** The version to go to, an older one too; the newest without it. */
  readonly to?: string;
  /** New answers by key, as a person or a command line gives them. */
  readonly set?: Answers;
}

/** Reads the record of the service in `dir`. Throws UserError `scaffold/no-manifest` or `scaffold/no-record`. */
export async function recordOf(
  dir: string,
  files: Files,
): Promise<{ readonly record: TemplateRecord; readonly text: string }> {
  const path = join(dir, recordFile);
  const text = await files.readText(path);
  if (text === undefined) throw noManifest(dir);
  const record = readRecord(text);
  if (!record) throw noRecord(path);
  return { record: { ...record, files: inside(record.files) }, text };
}

/** Hashes of files of the service, but for the record's own: a record is a text that anybody may have written. */
function inside(files: TemplateRecord['files']): TemplateRecord['files'] {
  const isInside = (path: string): boolean =>
    path !== recordFile &&
    !/[\\:]/.test(path) &&
    path.split('/').every((part) => !['', '.', '..', '.git'].includes(part.toLowerCase()));
  return Object.fromEntries(Object.entries(files).filter(([path]) => isInside(path)));
}

/**
 * Plans the update of the service in `dir` to a version of its template: the recorded version rendered again is the base, the files as
 * they stand are ours, the new version is theirs. Writes nothing. Needs no repository, and looks at no other folder.
 * Throws UserError `scaffold/…`.
 */
export async function planUpdate(
  dir: string,
  shelf: Shelf,
  options: UpdateOptions,
  world: Pick<World, 'files'>,
): Promise<UpdatePlan> {
  const { record, text } = await recordOf(dir, world.files);
  const template = await wantedTemplate(record, shelf, options.to);
  const notes: string[] = [];
  exposed(template, options.set ?? {});
  const old = await oldTemplate(record, template, shelf);
  const base = baseOf(old, record, notes);
  const migrated = migrateAnswers(record.answers, record.version, template);
  const theirs = renderVersion(template, fitted(template, { ...migrated.answers, ...options.set }));
  const isUp = compareVersions(template.version, record.version) >= 0;
  const plan = await planFiles({
    record,
    base,
    theirs,
    renames: (isUp ? template : (old ?? template)).renames,
    folder: createServiceFolder(dir, world.files),
  });
  if (plan.unsettled.length > 0) throw unsettled(dir, plan.unsettled);
  const to: TemplateRecord = {
    id: template.id,
    version: template.version,
    source: record.source,
    ...(template.commit === undefined ? {} : { commit: template.commit }),
    answers: theirs.answers,
    files: plan.files,
  };
  const edits = [...plan.edits, ...recordEdits(text, writeRecord(text, to, join(dir, recordFile)))];
  return {
    dir,
    from: record,
    to,
    items: plan.items,
    notes: [...shelf.notes, ...notes, ...migrated.notes],
    edits,
  };
}

/** A command line is seen by others, and the service does not remember a secret. */
function exposed(template: Template, set: Answers): void {
  const secret = template.inputs.find((input) => input.type === 'secret' && Object.hasOwn(set, input.key));
  if (secret) throw exposedSecret(secret.key);
}

/** The template of the version to go to. Throws UserError `scaffold/older-template` or `scaffold/no-version`. */
export async function wantedTemplate(
  record: TemplateRecord,
  shelf: Shelf,
  to: string | undefined,
): Promise<Template> {
  const newest = await shelf.newest(record);
  if (to === undefined) {
    if (compareVersions(newest.version, record.version) < 0)
      throw olderTemplate(record.id, record.version, newest.version);
    return newest;
  }
  const template = to === newest.version ? newest : await shelf.version(record, to);
  if (!template)
    throw noVersion(record.id, to, [...new Set([...(await shelf.versions(record)), newest.version])]);
  return template;
}

async function oldTemplate(
  record: TemplateRecord,
  template: Template,
  shelf: Shelf,
): Promise<Template | undefined> {
  if (record.version === template.version) return template;
  const newest = await shelf.newest(record);
  return newest.version === record.version ? newest : shelf.version(record, record.version);
}

function baseOf(old: Template | undefined, record: TemplateRecord, notes: string[]): Rendered | undefined {
  try {
    if (old) return renderVersion(old, fitted(old, record.answers));
    notes.push(
      `Version ${record.version} of ${record.id} can't be had any more: files that you did not touch are updated, edited ones are yours to settle.`,
    );
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    notes.push(
      `Version ${record.version} of ${record.id} can't be made again with the recorded answers (${error.message}) Files that you did not touch are updated, edited ones are yours to settle.`,
    );
  }
  return undefined;
}

/** Answers as the template's inputs have them: what was a text once may be a list now. */
function fitted(template: Template, answers: Answers): Answers {
  const fit = (key: string, answer: Answer): Answer => {
    const input = template.inputs.find((one) => one.key === key);
    return input ? fitAnswer(input, answer) : answer;
  };
  return Object.fromEntries(Object.entries(answers).map(([key, answer]) => [key, fit(key, answer)]));
}

function recordEdits(before: string, after: string): readonly FileEdit[] {
  if (before === after) return [];
  const next = { bytes: bytesOf(after), executable: false };
  return [{ path: recordFile, seen: bytesOf(before), next }];
}

/** Whether the update would change anything but what the service remembers. */
export function changes(plan: UpdatePlan): readonly UpdateItem[] {
  return plan.items.filter((item) => item.kind !== 'same' && item.kind !== 'keep');
}

/**
 * Does what a plan says, all of it or nothing. Gives the paths that somebody changed in that very moment, which were left alone.
 * Throws UserError `scaffold/cannot-change`, AbortError.
 */
export async function applyUpdate(
  plan: UpdatePlan,
  world: Pick<World, 'trees'> & { readonly signal: AbortSignal },
): Promise<readonly string[]> {
  try {
    return await world.trees.change(plan.dir, plan.edits, { signal: world.signal });
  } catch (error) {
    throw cannotChange(plan.dir, error);
  }
}

/** Ends an update that was killed; gives a sentence about it. Throws UserError `scaffold/cannot-change`. */
export async function recoverUpdate(dir: string, world: Pick<World, 'trees'>): Promise<string | undefined> {
  try {
    const recovered = await world.trees.recover(dir);
    if (!recovered) return undefined;
    const { outcome, kept } = recovered;
    if (outcome === 'discarded')
      return 'An update that was interrupted had changed nothing; it was cleared away.';
    const left = kept.length === 0 ? '' : ` ${kept.join(', ')} changed since then and stayed as it is.`;
    return `An update that was interrupted is complete now.${left}`;
  } catch (error) {
    throw cannotChange(dir, error);
  }
}
