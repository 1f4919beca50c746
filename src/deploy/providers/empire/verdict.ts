import type { DeployEvent } from '../../event';
import type { Seen } from '../../known';
import { tellWhatIsKnown } from '../../known';
import type { Target } from '../../provider';
import { orUndefined, unknownEndOf } from '../outcome';
import type { Client, EmpireParts } from './client';
import { askProcesses, askReleases } from './reading';
import { explainPull, explainRollout, isStillAtIt } from './reasons';
import type { DeployStream } from './stream';

/** A deploy that was sent. */
export interface Deploying {
  readonly parts: EmpireParts;
  readonly client: Client;
  readonly target: Target;
  /** The newest release before it. */
  readonly before: number | undefined;
  /** The types of which processes were up before it. */
  readonly services: readonly string[];
  readonly signal: AbortSignal;
}

/** An error in the stream. The last one says most; after the release was made it exists, whatever failed then. */
export async function refusedInside(deploying: Deploying, stream: DeployStream): Promise<DeployEvent> {
  const { target, client } = deploying;
  const errors = stream.errors.map((one) => client.clean(one));
  const why = (errors.at(-1) ?? '').trim().replace(/\.$/, '');
  const { release } = stream;
  if (release !== undefined && isStillAtIt(why))
    return unknownEnd(deploying, release, `the server stopped waiting (${why})`);
  const { code, hint } = release === undefined ? explainPull(why) : explainRollout(why);
  const stays =
    release === undefined
      ? 'No release was made.'
      : `Release v${release} was made and is the newest, but was not rolled out; deploy again or roll back.`;
  return {
    type: 'finished',
    outcome: 'failed',
    ...(release === undefined ? {} : { release }),
    error: {
      code,
      message: `Empire could not deploy ${target.app}: ${why}. ${stays}`,
      lines: errors,
      ...(hint === undefined ? {} : { fix: { kind: 'hint', label: hint } }),
    },
  };
}

/** An empty answer: the server wanted a message, or something before it threw the deploy away. Releases tell whether nothing happened. */
export async function notStarted(deploying: Deploying): Promise<DeployEvent> {
  const { client, target } = deploying;
  const seen = await look(deploying);
  const newest = seen.releases?.[0]?.version ?? deploying.before;
  if (!seen.releases || newest !== deploying.before)
    return unknownEnd(deploying, undefined, `${client.where} answered nothing at all`);
  return {
    type: 'finished',
    outcome: 'failed',
    error: {
      code: 'deploy/nothing-happened',
      message: `${client.where} took the deploy of ${target.app} and did nothing, which it does when it misses a message; no release was made.`,
      lines: [],
    },
  };
}

/** A newer release took over: whether this one's image runs is not told. */
export async function superseded(deploying: Deploying, release: number): Promise<DeployEvent> {
  const { target } = deploying;
  const known = tellWhatIsKnown({ ...(await look(deploying)), before: release });
  return notLive(
    'deploy/superseded',
    release,
    `A newer release of ${target.app} took over before v${release} was rolled out. ${known}`,
  );
}

/** In maintenance the scheduler keeps every process of an app down (empire.go, SetMaintenanceMode), whatever its formation says. */
export function inMaintenance({ target }: Deploying, release: number): DeployEvent {
  return notLive(
    'deploy/in-maintenance',
    release,
    `v${release} of ${target.app} was rolled out, but the app is in maintenance, so nothing of it runs; turn maintenance off to see it run.`,
  );
}

const notLive = (code: string, release: number, message: string): DeployEvent => ({
  type: 'finished',
  outcome: 'unknown',
  release,
  error: { code, message, lines: [] },
});

/** The end is not known: says what is, and what made it so. */
export async function unknownEnd(
  deploying: Deploying,
  release: number | undefined,
  why: string,
): Promise<DeployEvent> {
  return unknownEndOf({ target: deploying.target, release, why, seen: await look(deploying) });
}

async function look({ client, target, before, signal }: Deploying): Promise<Seen> {
  const [releases, processes] = await Promise.all([
    orUndefined(askReleases(client, target, 5, signal)),
    orUndefined(askProcesses(client, target, signal)),
  ]);
  return { before, releases, processes };
}
