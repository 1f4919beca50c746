import { UserError, isAbort } from '../base/errors';
import type { Pause } from '../base/pause';
import type { DeployEvent } from './event';
import { tellWhatIsKnown } from './known';
import type { Provider, Target, TargetStatus } from './provider';
import type { DeployRecord } from './records';
import type { Release } from './release';

/** What looking after a deploy takes whose window has closed. */
export interface LookingAfter {
  readonly provider: Provider;
  readonly target: Target;
  /** The record that nobody ended. */
  readonly orphan: DeployRecord;
  readonly pause: Pause;
  readonly now: () => Date;
  readonly signal: AbortSignal;
  readonly patience?: Patience;
}

/** In milliseconds. */
interface Patience {
  readonly everyMs: number;
  /** How long a deploy may go on that nobody hears any more. */
  readonly mostMs: number;
}

const usual: Patience = { everyMs: 3000, mostMs: 10 * 60_000 };

/**
 * Follows a deploy whose stream was lost with its window, by what the platform tells of releases and processes. It is live when its own
 * release was seen to run with nothing else beside it; that it came to nothing can't be seen, so every other end is unknown.
 */
export async function* lookAfter(looking: LookingAfter): AsyncIterable<DeployEvent> {
  const { orphan, pause, now, signal, target } = looking;
  const { everyMs, mostMs } = looking.patience ?? usual;
  const began = now().getTime();
  const deadline = Math.max(began, new Date(orphan.startedAt).getTime() + mostMs);
  yield { type: 'stage', stage: 'boot', state: 'started', seconds: 0 };
  let said = '';
  for (;;) {
    const seen = await see(looking);
    const verdict = judge(orphan, seen);
    const text = tellWhatIsKnown({ ...seen, before: orphan.before, processes: seen.status?.processes });
    if (text !== said) yield { type: 'log', text };
    said = text;
    if (verdict.kind === 'live') {
      const { url } = seen.status ?? {};
      yield { type: 'stage', stage: 'boot', state: 'done', seconds: (now().getTime() - began) / 1000 };
      yield {
        type: 'finished',
        outcome: 'live',
        release: verdict.release,
        ...(url === undefined ? {} : { url }),
      };
      return;
    }
    if (verdict.kind === 'over' || now().getTime() >= deadline) {
      const at = new Date(orphan.startedAt).toLocaleTimeString();
      const message = `The window closed while ${target.app} was being deployed at ${at}, so it is not known how that ended. ${text}`;
      const error = { code: 'deploy/unwatched', message, lines: [] };
      yield { type: 'finished', outcome: 'unknown', ...releaseOf(orphan), error };
      return;
    }
    await pause(everyMs, signal);
  }
}

const releaseOf = ({ release }: DeployRecord): { readonly release?: number } =>
  release === undefined ? {} : { release };

interface Seen {
  readonly releases: readonly Release[] | undefined;
  readonly status: TargetStatus | undefined;
}

async function see({ provider, target, signal }: LookingAfter): Promise<Seen> {
  const orUndefined = (error: unknown): undefined => {
    if (isAbort(error) || !(error instanceof UserError)) throw error;
    return undefined;
  };
  const [releases, status] = await Promise.all([
    provider.releases(target, signal, 10).catch(orUndefined),
    provider.status(target, signal).catch(orUndefined),
  ]);
  return { releases, status };
}

type Verdict =
  | { readonly kind: 'live'; readonly release: number }
  | { readonly kind: 'over' }
  | { readonly kind: 'waiting' };

/** Pure: what can be concluded from what was seen. */
export function judge(orphan: DeployRecord, { releases, status }: Seen): Verdict {
  if (!releases) return { kind: 'waiting' };
  const [newest] = releases;
  if (!newest || newest.version <= (orphan.before ?? 0)) return { kind: 'waiting' };
  // Another release on top of it, or in its stead: what becomes of this one is not told any more.
  if (!isOf(orphan, newest)) return { kind: 'over' };
  const own = (status?.processes ?? []).filter(({ name }) => !/(?:^|\.)run(?:\.|$)/.test(name));
  const isUp =
    own.length > 0 && own.every(({ state, release }) => up.has(state) && release === newest.version);
  return isUp ? { kind: 'live', release: newest.version } : { kind: 'waiting' };
}

const up = new Set(['up', 'running', 'active', 'ready']);

/** Whether that release is what the record began. */
function isOf(orphan: DeployRecord, release: Release): boolean {
  if (orphan.release !== undefined) return orphan.release === release.version;
  if (orphan.before !== undefined && release.version !== orphan.before + 1) return false;
  if (orphan.kind === 'rollback') return /roll ?back/i.test(release.description);
  if (orphan.image !== undefined) return release.image === orphan.image;
  return (
    orphan.commit === undefined || release.commit === undefined || orphan.commit.startsWith(release.commit)
  );
}
