import { noSuchRelease } from '../../errors';
import { cantCopy } from '../../errors/heroku';
import type { DeployEvent } from '../../event';
import type { Target } from '../../provider';
import { StageClock } from '../../stage-clock';
import { ensureApp } from './app';
import type { ClientParts } from './client';
import { appPath, callOf, connect } from './client';
import { makeRelease } from './make-release';
import { askReleases } from './reading';
import type { Deploying } from './verdict';
import type { HerokuRelease } from './wire';

/** What another app runs, as a release of this one: the very code, built once. */
export async function* promoteEvents(
  parts: ClientParts,
  target: Target,
  said: Said,
  signal: AbortSignal,
): AsyncIterable<DeployEvent> {
  const clock = new StageClock(parts.now);
  yield* clock.enter('preflight');
  const client = await connect(parts, target, signal);
  const there = await askReleases(client, { app: said.app }, undefined, signal);
  const from = there?.find((one) => one.version === said.release);
  if (!from) throw noSuchRelease(said.app, `v${said.release}`);
  // Images of the container registry have no slug, and no way to another app but its own push.
  if (from.slug === undefined) throw cantCopy(said.app, said.release);
  const { made } = await ensureApp(client, target, undefined, signal);
  const before = (await askReleases(client, target, 1, signal))?.[0]?.version;
  const deploying: Deploying = { parts, client, target, before, signal };
  // On this machine an app is nothing that costs or that anybody has to know of.
  if (made && !client.own)
    yield { type: 'log', text: `${target.app} is new on ${client.where}: the app was made.` };
  const description = client.own ? plainDescription(said) : descriptionOf(from, said);
  const what = `release ${said.app} v${said.release} as ${target.app}`;
  const own = client.own?.given(target, {});
  const body = { slug: from.slug, description, ...(own ? { servicewright: own } : {}) };
  const call = callOf(what, 'POST', appPath(target, '/releases'), { body });
  yield* makeRelease(deploying, { call, isIt: (one) => one.description === description, clock });
}

interface Said {
  readonly app: string;
  readonly release: number;
  readonly message: string | undefined;
}

/** Its beginning is as that of a deploy, so that the commit can be read from it. */
function descriptionOf({ commit }: HerokuRelease, { app, release, message }: Said): string {
  const head = commit === undefined ? '' : `Deploy ${commit}, `;
  return `${head}${message ?? 'promoted'} (${app} v${release})`;
}

/** Platforms of ours tell the commit by itself. */
const plainDescription = ({ app, release, message }: Said): string =>
  message ?? `Promoted from ${app} v${release}`;
