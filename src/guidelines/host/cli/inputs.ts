/** The files that the arguments of `lint` name. */
import type { CliContext } from '../../../base/cli';
import { messageOf } from '../../../base/errors';
import { join } from '../../../base/paths';
import { nothingMatches, unreadable } from '../../errors';
import { expandGlob, isGlob } from '../../glob';

export interface Input {
  /** As it is shown. */
  readonly path: string;
  /** Whether somebody named it, so that it has to be there and to be a description. */
  readonly isNamed: boolean;
  readonly isStdin?: true;
}

const descriptions = '**/*.{yaml,yml,json}';

/** Stdin, under the name that says which configuration holds for it. */
const fromStdin = (name: string): Input => ({ path: name, isNamed: true, isStdin: true });

/** The files that the arguments name, each once, in their order. */
export async function inputsOf(
  args: readonly string[],
  stdinName: string,
  context: CliContext,
): Promise<readonly Input[]> {
  const found = new Map<string, Input>();
  for (const arg of args) {
    const inputs = arg === '-' ? [fromStdin(stdinName)] : await filesOf(arg, context);
    for (const input of inputs) if (found.get(input.path)?.isNamed !== true) found.set(input.path, input);
  }
  return [...found.values()];
}

async function filesOf(arg: string, { cwd, files }: CliContext): Promise<readonly Input[]> {
  const path = slashed(cwd, arg);
  const kind = await files.kind(absolute(cwd, path));
  // A file may have the name of a glob.
  if (kind !== 'directory' && (!isGlob(path) || kind === 'file')) return [{ path, isNamed: true }];
  // A folder stands for what is in it and can be a description.
  const glob = kind === 'directory' ? `${path.replace(/\/+$/, '')}/${descriptions}` : path;
  const matched = await expandGlob(glob.replace(/^(?:\.\/)+/, ''), slashed(cwd, cwd), files);
  if (matched.length === 0) throw nothingMatches(glob);
  return matched.map((one) => ({ path: one, isNamed: false }));
}

/** Windows' way of writing paths, where the working folder is written so; elsewhere a backslash is a letter. */
export function slashed(cwd: string, path: string): string {
  return /^[A-Za-z]:[\\/]/.test(cwd) ? path.replaceAll('\\', '/') : path;
}

export function absolute(cwd: string, path: string): string {
  return path.startsWith('/') || /^[A-Za-z]:\//.test(path) ? path : join(slashed(cwd, cwd), path);
}

/** Undefined when there is no such file, or no longer. */
export async function textOf(input: Input, context: CliContext): Promise<string | undefined> {
  const text = input.isStdin === true ? await context.stdin() : await readFile(input.path, context);
  // An editor shows no byte order mark and counts none: positions are to be the same here.
  return text?.startsWith('\uFEFF') === true ? text.slice(1) : text;
}

async function readFile(path: string, { cwd, files }: CliContext): Promise<string | undefined> {
  try {
    return await files.readText(absolute(cwd, path));
  } catch (error) {
    throw unreadable(path, messageOf(error), error);
  }
}
