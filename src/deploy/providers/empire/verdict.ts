import type { DeployEvent } from '../../event';
import type { Seen } from '../../known';
import { tellWhatIsKnown } from '../../known';
import type { Target } from '../../provider';
import { orUndefined, unknownEndOf } from '../outcome';
import type { Client, EmpireParts } from './client';
import { askProcesses, askReleases } from './reading';
import type { DeployStream } from './stream';

/** A deploy that was sent. */
export interface Deploying {
  readonly parts: EmpireParts;
  readonly client: Client;
  readonly target: Target;
  /** The newest release before it. */
  readonly before: number | undefined;
  readonly signal: AbortSignal;
}

/** An error in the stream. The last one says most; after the release was made it exists, whatever failed then. */
export function refusedInside({ target, client }: Deploying, stream: DeployStream): DeployEvent {
  const errors = stream.errors.map((one) => client.clean(one));
  const why = (errors.at(-1) ?? '').replace(/\.$/, '');
  const { release } = stream;
  const stays =
    release === undefined
      ? 'No release was made.'
      : `Release v${release} was made and is the newest, but was not rolled out; deploy again or roll back.`;
  return {
    type: 'finished',
    outcome: 'failed',
    ...(release === undefined ? {} : { release }),
    error: {
      code: release === undefined ? codeOf(why) : 'deploy/not-rolled-out',
      message: `Empire could not deploy ${target.app}: ${why}. ${stays}`,
      lines: errors,
      ...hintOf(why),
    },
  };
}

const missing = /not found|no such image|manifest unknown/i;
const denied = /access denied|unauthorized|docker login/i;
const procfile = /Procfile|^yaml:/;

function codeOf(why: string): string {
  if (denied.test(why)) return 'deploy/image-denied';
  if (procfile.test(why)) return 'deploy/bad-procfile';
  return missing.test(why) ? 'deploy/image-missing' : 'deploy/failed';
}

function hintOf(why: string): { readonly fix?: { readonly kind: 'hint'; readonly label: string } } {
  const hints: Readonly<Record<string, string>> = {
    'deploy/image-denied': 'Check the name of the image, and that Empire may read that registry.',
    'deploy/image-missing': 'Check that CI has built this commit and pushed its image.',
    'deploy/bad-procfile': 'Check the Procfile in the working directory of the image.',
  };
  const label = hints[codeOf(why)];
  return label === undefined ? {} : { fix: { kind: 'hint', label } };
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
export async function superseded(deploying: Deploying, stream: DeployStream): Promise<DeployEvent> {
  const { target } = deploying;
  const release = stream.release ?? 0;
  const known = tellWhatIsKnown({ ...(await look(deploying)), before: release });
  return {
    type: 'finished',
    outcome: 'unknown',
    release,
    error: {
      code: 'deploy/superseded',
      message: `A newer release of ${target.app} took over before v${release} was rolled out. ${known}`,
      lines: [],
    },
  };
}

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
