/** Which configuration holds for a file: the nearest upward from it. */
import { dirname, join } from '../../base/paths';
import type { CodeAccess } from '../code/functions';
import type { Preset } from '../rule';
import type { Layer } from './layer';
import { joined } from './layer';
import { Loader } from './load';
import type { ReadText } from './loading';
import { configFolder, ignoreFile, ownFile, peerFiles } from './names';
import { peerOf } from '../peers';
import { breakingLayer, presetLayer } from './preset-layer';

/** What holds for the files of one folder. */
export interface Loaded extends Layer {
  /** The files that were found by looking upward; empty when there are none. */
  readonly found: readonly string[];
  /** Every path that was looked at: a change of any of them makes this stale. */
  readonly files: ReadonlySet<string>;
}

const highest = 64;

/** The configuration for files of a folder; `preset` where there is none. */
export async function configFor(
  folder: string,
  read: ReadText,
  preset: Preset,
  code: CodeAccess = 'off',
): Promise<Loaded> {
  const loader = new Loader(read, code);
  const found = await lookUp(folder, loader);
  const named = found.filter((one) => !one.endsWith(`/${ignoreFile}`));
  const layers: Layer[] =
    named.length === 0 ? [presetLayer(preset)] : named.some(isPeers) ? [breakingLayer()] : [];
  for (const file of found) layers.push(await loader.file(file));
  return { ...joined(layers), found, files: loader.files };
}

/** The configuration that somebody named. */
export async function configAt(file: string, read: ReadText, code: CodeAccess = 'off'): Promise<Loaded> {
  const loader = new Loader(read, code);
  const layers = isPeers(file) ? [breakingLayer()] : [];
  return { ...joined([...layers, await loader.file(file)]), found: [file], files: loader.files };
}

/** A preset and nothing else. */
export function configOf(preset: Preset): Loaded {
  return { ...presetLayer(preset), found: [], files: new Set() };
}

const isPeers = (file: string): boolean => peerOf(file) !== undefined;

async function lookUp(start: string, loader: Loader): Promise<readonly string[]> {
  let folder = start;
  for (let height = 0; height < highest; height += 1) {
    const found = await here(folder, loader);
    if (found.length > 0) return found;
    const above = dirname(folder);
    if (above === folder || folder === '') return [];
    folder = above;
  }
  return [];
}

async function here(folder: string, loader: Loader): Promise<readonly string[]> {
  const looks = await Promise.all(
    [ownFile, ignoreFile, ...peerFiles].map(async (name) => {
      const path = join(folder, name);
      return { path, state: await look(path, loader) };
    }),
  );
  // A folder that lets nobody look into it holds nothing for us.
  if (looks.every(({ state }) => state === 'closed')) return [];
  const paths = looks.filter(({ state }) => state !== 'absent').map(({ path }) => path);
  const hasOwn = paths.includes(join(folder, ownFile));
  return hasOwn ? paths.filter((path) => path.includes(`/${configFolder}/`)) : paths;
}

async function look(path: string, loader: Loader): Promise<'there' | 'absent' | 'closed'> {
  try {
    return (await loader.text(path)) === undefined ? 'absent' : 'there';
  } catch {
    // What is wrong with a file that can't be read is told when it is read.
    return 'closed';
  }
}
