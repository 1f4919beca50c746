import { basename, dirname, join } from '../../base/paths';

/** What configurations are called. Knows nothing else, so that the extension can ask without loading the rules. */

export const configFolder = '.servicewright';
export const ignoreFileName = 'guidelines-ignore.yaml';
export const ownFile = `${configFolder}/guidelines.yaml`;
export const ignoreFile = `${configFolder}/${ignoreFileName}`;
/** Files of other linters, asked when there is none of ours in the same folder. */
export const peerFiles = [
  '.spectral.yaml',
  '.spectral.yml',
  '.spectral.json',
  '.spectral.js',
  '.spectral.mjs',
  '.spectral.ts',
  'redocly.yaml',
  'redocly.yml',
  '.redocly.yaml',
  '.redocly.yml',
] as const;

/** Globs of all files that can be part of a configuration; who is told of a change still looks whether it is. */
export const watchedFiles: readonly string[] = ['**/*.{yaml,yml,json}', '**/.spectral.{js,mjs,ts}'];

/** Globs of what functions of rule sets can be made of, where these run. */
export const watchedCode: readonly string[] = ['**/*.{js,mjs,cjs}'];

/** Whether a path, by its name alone, can be a configuration. */
export function isConfigPath(path: string): boolean {
  return [ownFile, ignoreFile, ...peerFiles].some((name) => path === name || path.endsWith(`/${name}`));
}

/** Whether a path is a configuration of ours, which is checked and completed while somebody writes it. */
export function isOwnConfigPath(path: string): boolean {
  return /(?:^|\/)\.servicewright\/guidelines[^/]*\.ya?ml$/.test(path);
}

/** The folder that a configuration file speaks for. */
export function baseOf(file: string): string {
  const folder = dirname(file);
  return basename(folder) === configFolder ? dirname(folder) : folder;
}

/** Whether what is extended is a file, not a name. */
export function isPath(name: string): boolean {
  return /^\.{0,2}\//.test(name) || /\.(?:ya?ml|json)$/i.test(name);
}

export function pathFrom(file: string, name: string): string {
  return name.startsWith('/') ? name : join(dirname(file), name);
}
