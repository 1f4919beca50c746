import * as vscode from 'vscode';
import { dirname, join } from '../../../base/paths';
import type { ScaffoldHost } from '../vscode';
import { pathOf, slashed } from './args';

const parentKey = 'scaffold.parent';

/**
 * Folders to offer for a new service's folder, the likeliest first: the one that was clicked, the setting's, the open ones and those
 * beside them, the one of last time, the home folder. Beside a service comes before in it.
 */
export async function parentFolders(
  host: ScaffoldHost,
  clicked: string | undefined,
): Promise<readonly string[]> {
  const configured = host.settings.get('scaffold.parentFolder');
  const last = host.context.globalState.get<string>(parentKey);
  const open = (vscode.workspace.workspaceFolders ?? [])
    .filter((folder) => folder.uri.scheme === 'file')
    .map((folder) => pathOf(folder.uri));
  const offered = [
    ...(clicked === undefined ? [] : [clicked]),
    ...(configured === '' ? [] : [slashed(configured.replace(/^~(?=[\\/]|$)/, host.homeDir))]),
    ...(await insideAndBeside(open, host)),
    ...(last === undefined ? [] : [last]),
    slashed(host.homeDir),
  ];
  return [...new Set(offered.map((path) => join(path)))];
}

async function insideAndBeside(open: readonly string[], host: ScaffoldHost): Promise<readonly string[]> {
  const isService = async (dir: string): Promise<boolean> =>
    (await host.world.files.kind(join(dir, 'servicewright.yaml'))) !== undefined;
  const services = await Promise.all(open.map(isService));
  const beside = (wanted: boolean): readonly string[] =>
    open.filter((_, index) => services[index] === wanted).map(dirname);
  const plain = open.filter((_, index) => services[index] !== true);
  return [...plain, ...beside(true), ...beside(false), ...open];
}

/** Offers the folder around `dir` again next time. */
export async function rememberParent(host: ScaffoldHost, dir: string): Promise<void> {
  await host.context.globalState.update(parentKey, dirname(dir));
}
