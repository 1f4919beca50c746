import * as vscode from 'vscode';
import { join } from '../../../base/paths';
import type { Comparison } from '../../compare';
import { compareReleases, comparisonTexts } from '../../compare';
import { compareWithLocal, readEnvFile } from '../../config-document';
import { cantDo, noEarlierRelease, noLocalEnv } from '../../errors';
import type { Release } from '../../release';
import type { Parts } from './parts';
import type { Choice } from './selection';

/** Shows what two releases differ in; asks for those that are not said. */
export async function showComparison(
  parts: Parts,
  choice: Choice,
  named: readonly Release[],
): Promise<Comparison['config']> {
  const pair = await pairOf(choice, named);
  if (!pair) return undefined;
  const { signal } = new AbortController();
  const comparison = await compareReleases(choice, pair, parts.host.world.processes, signal);
  const texts = comparisonTexts(comparison);
  const { app, environment } = choice.target;
  const name = (release: Release): string => `${app} ${environment.name} v${release.version}.yaml`;
  const { older, newer } = comparison;
  await vscode.commands.executeCommand(
    'vscode.diff',
    parts.pages.put(name(older.release), texts.older),
    parts.pages.put(name(newer.release), texts.newer),
    `${app} in ${environment.name}: v${older.release.version} ↔ v${newer.release.version}`,
  );
  return comparison.config;
}

/** Of one release that is said, the other is picked; nothing said asks for both. */
async function pairOf(
  { provider, target }: Choice,
  named: readonly Release[],
): Promise<readonly [Release, Release] | undefined> {
  const [first, second] = named;
  if (first && second) return [first, second];
  const releases = await provider.releases(target, new AbortController().signal);
  if (releases.length < 2) throw noEarlierRelease(target.app);
  const one = first ?? (await pick(releases, `Which release of ${target.app}?`));
  if (!one) return undefined;
  const rest = releases.filter(({ version }) => version !== one.version);
  const other = await pick(nearestFirst(rest, one), `Compare v${one.version} with which release?`);
  return other ? [one, other] : undefined;
}

/** The one before it is asked for most. */
function nearestFirst(releases: readonly Release[], { version }: Release): readonly Release[] {
  const before = releases.find((one) => one.version < version);
  return before ? [before, ...releases.filter((one) => one !== before)] : releases;
}

async function pick(releases: readonly Release[], placeHolder: string): Promise<Release | undefined> {
  const items = releases.map((release) => ({
    label: `v${release.version}`,
    description: [release.status === 'current' ? 'current' : '', release.description]
      .filter((part) => part !== '')
      .join(' · '),
    detail: [new Date(release.createdAt).toLocaleString(), release.user ?? '']
      .filter((part) => part !== '')
      .join(' · '),
    release,
  }));
  return (await vscode.window.showQuickPick(items, { placeHolder, matchOnDescription: true }))?.release;
}

/** Shows the .env of the service beside the variables of the environment, by name. */
export async function compareConfig(parts: Parts, choice: Choice): Promise<Comparison['config']> {
  const { provider, target } = choice;
  if (!provider.config) throw cantDo(provider.title, 'list variables');
  const text = await parts.host.world.files.readText(join(target.dir, '.env'));
  if (text === undefined) throw noLocalEnv(target.dir);
  const remote = await provider.config.read(target, undefined, new AbortController().signal);
  const compared = compareWithLocal(readEnvFile(text), remote);
  const { app, environment } = target;
  await vscode.commands.executeCommand(
    'vscode.diff',
    parts.pages.put(`${app} .env`, compared.local),
    parts.pages.put(`${app} ${environment.name}.env`, compared.remote),
    `${app}: .env ↔ ${environment.name}`,
  );
  return compared.changes;
}
