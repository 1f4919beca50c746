import type { Processes } from '../base/ports';
import type { Environment } from '../services';
import { cantPromote } from './errors/promote';
import { fullCommit } from './git';
import { imageOfCommit } from './image';
import type { Wish } from './prepare';
import type { Provider, Target } from './provider';
import type { Release } from './release';

/** A service in one environment. */
export interface Side {
  readonly target: Target;
  readonly provider: Provider;
}

/** Where a release goes from there: the environment that servicewright.yaml names next; undefined after the last. */
export function nextEnvironment(environments: readonly Environment[], name: string): Environment | undefined {
  const at = environments.findIndex((one) => one.name === name);
  return at < 0 ? undefined : environments[at + 1];
}

/**
 * What has to be deployed to `to` so that it runs what `release` of `from` runs: the very image, or the image of its commit. Throws UserError
 * `deploy/cant-promote` where nothing can be named that is sure to be the same.
 */
export async function promotionWish(
  { from, to, release }: { readonly from: Side; readonly to: Side; readonly release: Release },
  processes: Processes,
  signal: AbortSignal,
): Promise<Wish> {
  const message = `Promote v${release.version} of ${from.target.environment.name}`;
  if (to.provider.caps.source === 'tree') {
    if (to.provider.caps.promotes !== true || from.provider.id !== to.provider.id)
      throw cantPromote(to.target, `${to.provider.title} takes the files of a folder, not an image`);
    return { message, from: { app: from.target.app, release: release.version } };
  }
  if (release.image !== undefined) return { message, image: release.image };
  if (release.dirty)
    throw cantPromote(to.target, `v${release.version} was made of files that no commit holds`);
  const { registry } = to.target.environment;
  if (registry === undefined)
    throw cantPromote(to.target, `the environment ${to.target.environment.name} names no registry`);
  const commit = release.commit && (await fullCommit(from.target.dir, release.commit, processes, signal));
  if (commit === undefined)
    throw cantPromote(to.target, `the commit of v${release.version} is not known in this repository`);
  const service = to.target.service ?? to.target.app;
  return { message, image: imageOfCommit(registry, service, commit) };
}
