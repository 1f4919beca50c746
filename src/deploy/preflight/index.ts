import { join } from '../../base/paths';
import { count } from '../../base/text';
import type { Note } from '../provider';
import { migrationNotes, processNotes, procfileNotes } from './change-notes';
import { configNotes } from './config-notes';
import type { Looking } from './look';
import { codeOf } from './look';

export type { Looking } from './look';

/**
 * What a person should know before a deploy acts, beside what the platform itself says: files that are not committed, the description's
 * failing guidelines, changes of the Procfile, variables that are missing, migrations that are new. Only looks; runs git and nothing of
 * the service. Throws AbortError.
 */
export async function preflightNotes(looking: Looking): Promise<readonly Note[]> {
  const code = codeOf(looking);
  const found = await Promise.all([
    specNotes(looking),
    procfileNotes(looking, code),
    processNotes(looking, code),
    configNotes(looking),
    migrationNotes(looking, code),
  ]);
  return [...uncommittedNotes(looking), ...found.flat()];
}

/** Where the folder itself goes, what is not committed goes too. */
function uncommittedNotes({ provider, facts, request }: Looking): readonly Note[] {
  const { dirty } = facts;
  if (provider.caps.source !== 'tree' || request.from !== undefined || dirty.length === 0) return [];
  const some = dirty.slice(0, 3).join(', ');
  const more = dirty.length > 3 ? ` and ${dirty.length - 3} more` : '';
  const message = `${count(dirty.length, 'file is', 'files are')} not committed and deployed all the same: ${some}${more}.`;
  return [{ level: 'info', code: 'deploy/uncommitted', message, details: dirty }];
}

async function specNotes({ target, specs, signal }: Looking): Promise<readonly Note[]> {
  if (target.spec === undefined || !specs) return [];
  const { spec } = target;
  const verdict = await specs.check(join(target.dir, spec), signal);
  if (verdict.kind === 'unchecked')
    return [
      {
        level: 'info',
        code: 'deploy/guidelines-unknown',
        message: `${spec} was not checked: ${verdict.why}`,
      },
    ];
  const { errors } = verdict;
  const [first] = errors;
  if (!first) return [];
  const message = `${spec} breaks the API guidelines in ${count(errors.length, 'place')}, first at line ${first.line + 1}: ${first.message} (${first.rule})`;
  const details = errors.map((one) => `${spec}:${one.line + 1} ${one.message} (${one.rule})`);
  return [{ level: 'warning', code: 'deploy/guidelines', message, details }];
}
