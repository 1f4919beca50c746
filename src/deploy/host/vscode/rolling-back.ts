import * as vscode from 'vscode';
import { nothingToRollBackTo } from '../../errors';
import { performRollback } from '../../perform';
import { previewLines } from '../../preview';
import type { Release } from '../../release';
import type { DeployResult } from '../../run';
import { confirm } from './ask';
import { follow } from './deploying';
import type { Parts } from './parts';
import type { Choice } from './selection';

/** Rolls back to `named`, or to the release that is picked, after showing all that changes. */
export async function rollBack(
  parts: Parts,
  choice: Choice,
  named: Release | undefined,
): Promise<DeployResult | undefined> {
  const { provider, target } = choice;
  const { app, environment } = target;
  const { signal } = new AbortController();
  const releases = await provider.releases(target, signal);
  const old = releases.filter((one) => one.status === 'old' && one.eligible);
  if (old.length === 0) throw nothingToRollBackTo(app);
  const release = named ?? (await pickRelease(app, old));
  if (!release) return undefined;
  const current = releases.find((one) => one.status === 'current');
  const preview = await provider.previewRollback?.(target, release.version, signal);
  const detail = [
    `Now: ${describe(current)}`,
    `Then: ${describe(release)}, as a new release.`,
    ...(preview ? previewLines(release.version, preview).filter((line) => !repeats(line, release)) : []),
    'The database stays as it is.',
  ].join('\n');
  const question = `Roll ${app} in ${environment.name} back to v${release.version}?`;
  if (!(await confirm(question, 'Roll Back', detail))) return undefined;
  const before = releases[0]?.version;
  return follow(parts, choice, `Rolling ${app} back to v${release.version}`, (on) =>
    performRollback(on, { version: release.version, ...(before === undefined ? {} : { before }) }),
  );
}

/** Most descriptions name the image already. */
const repeats = (line: string, { description, image }: Release): boolean =>
  image !== undefined && description.includes(image) && line.includes(image);

function describe(release: Release | undefined): string {
  if (!release) return 'no release';
  const commit =
    release.commit === undefined
      ? ''
      : ` (${release.commit.slice(0, 7)}${release.dirty ? ' with local changes' : ''})`;
  return `v${release.version} ${release.description}${commit}, ${new Date(release.createdAt).toLocaleString()}`;
}

async function pickRelease(app: string, releases: readonly Release[]): Promise<Release | undefined> {
  const items = releases.map((release) => ({
    label: `v${release.version}`,
    description: release.description,
    detail: describe(release),
    release,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    placeHolder: `Which release of ${app} shall run again?`,
  });
  return picked?.release;
}
