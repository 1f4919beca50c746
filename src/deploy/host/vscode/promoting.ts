import * as vscode from 'vscode';
import { noNextEnvironment, nothingRuns } from '../../errors/promote';
import { nextEnvironment, promotionWish } from '../../promote';
import type { Release } from '../../release';
import type { DeployResult } from '../../run';
import { deployWish } from './deploying';
import type { Parts } from './parts';
import type { Choice } from './selection';

/** Deploys what runs in one environment to another one: the next of servicewright.yaml, unless another is picked. */
export async function promote(
  parts: Parts,
  choice: Choice,
  named: Release | undefined,
): Promise<DeployResult | undefined> {
  const { provider, target } = choice;
  const { signal } = new AbortController();
  const release = named ?? (await provider.releases(target, signal)).find((one) => one.status === 'current');
  if (!release) throw nothingRuns(target.app, target.environment.name);
  const to = await pickTarget(parts, choice, release);
  if (!to) return undefined;
  const wish = await promotionWish({ from: choice, to, release }, parts.host.world.processes, signal);
  return deployWish(parts, to, wish);
}

async function pickTarget(parts: Parts, choice: Choice, release: Release): Promise<Choice | undefined> {
  const { service, target } = choice;
  const others = (await parts.selection.all()).filter(
    (one) => one.service.dir === service.dir && one.target.environment.name !== target.environment.name,
  );
  const next = nextEnvironment(service.environments, target.environment.name);
  if (others.length === 0) throw noNextEnvironment(service.name, target.environment.name);
  const isNext = (one: Choice): boolean => one.target.environment.name === next?.name;
  const items = [...others.filter(isNext), ...others.filter((one) => !isNext(one))].map((one) => ({
    label: one.target.environment.name,
    description: [one.provider.title, isNext(one) ? 'the next environment' : '']
      .filter((part) => part !== '')
      .join(' · '),
    one,
  }));
  const placeHolder = `Where shall v${release.version} of ${target.environment.name} go?`;
  return (await vscode.window.showQuickPick(items, { placeHolder }))?.one;
}
