import { join } from '../../base/paths';
import { count } from '../../base/text';
import { filesAddedSince, textAtCommit } from '../git';
import type { Note } from '../provider';
import type { Code, Looking } from './look';
import type { ProcessTable } from './procfile';
import { compareProcesses, processLines, readProcesses } from './procfile';

/** What the Procfile changes for the processes that run now. */
export async function processNotes(looking: Looking, code: Code): Promise<readonly Note[]> {
  const [before, after] = await Promise.all([runningProcesses(looking), nextProcesses(looking, code)]);
  if (!before || !after) return [];
  const lines = processLines(before, after);
  if (lines.length === 0) return [];
  const { removed } = compareProcesses(before, after);
  const gone = removed.filter((type) => type !== 'release');
  const message = `The Procfile changes since the running release: ${lines.join('; ')}.`;
  return [{ level: gone.length > 0 ? 'warning' : 'info', code: 'deploy/processes', message, details: lines }];
}

async function runningProcesses({ plan, target, world, signal }: Looking): Promise<ProcessTable | undefined> {
  const { current } = plan;
  if (current?.processes) return current.processes;
  if (current?.commit === undefined) return undefined;
  const { commit } = current;
  const text = await textAtCommit(target.dir, { commit, path: 'Procfile' }, world.processes, signal);
  return text === undefined ? undefined : readProcesses(text);
}

async function nextProcesses(looking: Looking, code: Code): Promise<ProcessTable | undefined> {
  const text = await nextProcfile(looking, code);
  return text === undefined ? undefined : readProcesses(text);
}

async function nextProcfile({ target, world, signal }: Looking, code: Code): Promise<string | undefined> {
  if (code.kind === 'unknown') return undefined;
  return code.kind === 'tree'
    ? await world.files.readText(join(target.dir, 'Procfile'))
    : await textAtCommit(target.dir, { commit: code.commit, path: 'Procfile' }, world.processes, signal);
}

/** What the platform would not take in the Procfile. An image may hold another one, so it stops nothing. */
export async function procfileNotes(looking: Looking, code: Code): Promise<readonly Note[]> {
  const { provider } = looking;
  const text = provider.procfileFaults ? await nextProcfile(looking, code) : undefined;
  const details = text === undefined ? [] : (provider.procfileFaults?.(text) ?? []);
  const [first] = details;
  if (first === undefined) return [];
  const more = details.length > 1 ? ` (and ${details.length - 1} more)` : '';
  const message = `${provider.title} reads the Procfile otherwise than it may be meant: ${first}${more}.`;
  return [{ level: 'warning', code: 'deploy/procfile', message, details }];
}

/** Migrations that the running release does not know, and who will apply them. */
export async function migrationNotes(looking: Looking, code: Code): Promise<readonly Note[]> {
  const details = await newMigrations(looking, code);
  if (details.length === 0) return [];
  const named = details.map(migrationName);
  const some = `${named.slice(0, 5).join(', ')}${named.length > 5 ? ' …' : ''}`;
  const head = `${count(details.length, 'migration is', 'migrations are')} new since the running release: ${some}`;
  const { level, who } = await appliedBy(looking, code);
  return [{ level, code: 'deploy/migrations', message: `${head}; ${who}`, details }];
}

async function newMigrations(
  { plan, target, world, signal }: Looking,
  code: Code,
): Promise<readonly string[]> {
  const from = plan.current?.commit;
  if (from === undefined || code.kind === 'unknown') return [];
  const to = code.kind === 'commit' ? code.commit : undefined;
  const range = { from, to, pathspec: ':(glob)**/migrations/*.py' };
  const added = (await filesAddedSince(target.dir, range, world.processes, signal)) ?? [];
  return added.filter((path) => !path.endsWith('/__init__.py'));
}

async function appliedBy(
  looking: Looking,
  code: Code,
): Promise<{ readonly level: Note['level']; readonly who: string }> {
  const { title, caps } = looking.provider;
  // Who builds from the tree runs the Procfile's; who is given an image need not even know it.
  const runs = caps.releaseCommand ?? caps.source === 'tree';
  if (!runs) return { level: 'warning', who: `${title} runs no release command, so apply them yourself.` };
  const release = (await nextProcesses(looking, code))?.['release'];
  return release !== undefined && /\bmigrate\b/.test(release)
    ? { level: 'info', who: 'the release command applies them.' }
    : { level: 'warning', who: 'no release command of the Procfile applies them.' };
}

/** `shop/orders/migrations/0002_price.py` → `orders.0002_price`, as Django says it. */
function migrationName(path: string): string {
  const parts = path.split('/');
  return `${parts.at(-3) ?? ''}.${(parts.at(-1) ?? '').replace(/\.py$/, '')}`.replace(/^\./, '');
}
