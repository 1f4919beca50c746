/** What a few harmless commands print, known without running them: they ask only for the folder and the machine. */
import { basename, dirname, join } from '../../../base/paths';
import type { Machine } from '../../machine';

const systems: Readonly<Record<string, string>> = {
  linux: 'Linux',
  darwin: 'Darwin',
  freebsd: 'FreeBSD',
  openbsd: 'OpenBSD',
  sunos: 'SunOS',
};

const processors: Readonly<Record<string, string>> = {
  'linux x64': 'x86_64',
  'linux arm64': 'aarch64',
  'darwin x64': 'x86_64',
  'darwin arm64': 'arm64',
};

const topLevel = /^git rev-parse --show-toplevel$/;
const plainPath = String.raw`"?([\w./@+-]+)"?`;
const inFolder = new RegExp(`^cd ${plainPath} ?(?:&&|;) ?pwd(?: -P)?$`);
const aboutPath = new RegExp(`^(dirname|basename|realpath|readlink -f) ${plainPath}$`);
const lowered = /^(uname(?: -[sm])?) ?\| ?tr ("?)(?:'?\[:upper:\]'? '?\[:lower:\]'?|'?A-Z'? '?a-z'?)\2$/;

type List = (directory: string) => readonly string[] | undefined;

/**
 * Answers commands that ask only for the folder, for parts of a path and for the machine: `pwd`, `cd x && pwd`, `dirname x`, `uname -s`,
 * `git rev-parse --show-toplevel` and their like, for a make in `directory`; undefined for every other command.
 */
export function knownAnswers(
  directory: string,
  machine: Machine | undefined,
  list: List,
): (command: string) => string | undefined {
  return (command) => {
    const words = simplified(command);
    if (words === 'pwd' || words === 'pwd -P') return directory;
    if (topLevel.test(words)) return topLevelOf(directory, list);
    return aboutFolder(words, directory, list) ?? (machine && aboutMachine(words, machine));
  };
}

/** Without what only matters when a command fails, or that wraps it in a shell. */
function simplified(command: string): string {
  const words = command.replaceAll(/\s+/g, ' ').trim();
  const inner = /^(?:sh|\/bin\/sh|bash) -c (['"])(.*)\1$/.exec(words)?.[2] ?? words;
  return inner.replaceAll(/ ?2> ?\/dev\/null/g, '').replace(/ \|\| echo \w+$/, '');
}

function aboutFolder(words: string, directory: string, list: List): string | undefined {
  const [, folder] = inFolder.exec(words) ?? [];
  if (folder === undefined) return partOfPath(words, directory);
  const path = absolute(directory, folder);
  return (list(path)?.length ?? 0) > 0 ? path : undefined;
}

function partOfPath(words: string, directory: string): string | undefined {
  const [, program, path] = aboutPath.exec(words) ?? [];
  if (path === undefined || path.startsWith('-')) return undefined;
  const plain = path.length > 1 ? path.replace(/\/+$/, '') : path;
  if (program === 'basename') return basename(plain);
  if (program !== 'dirname') return absolute(directory, plain);
  return plain.includes('/') ? dirname(plain) : '.';
}

function absolute(directory: string, path: string): string {
  return path.startsWith('/') ? join(path) || '/' : join(directory, path);
}

function aboutMachine(words: string, { platform, arch }: Machine): string | undefined {
  const [, plain] = lowered.exec(words) ?? [];
  if (plain !== undefined) return aboutMachine(plain, { platform, arch })?.toLowerCase();
  if (words === 'uname' || words === 'uname -s') return systems[platform];
  if (words === 'uname -o' && platform === 'linux') return 'GNU/Linux';
  return words === 'uname -m' ? processors[`${platform} ${arch}`] : undefined;
}

/** The nearest folder upwards that holds `.git` (a folder, or a file in a work tree). */
function topLevelOf(
  directory: string,
  list: (directory: string) => readonly string[] | undefined,
): string | undefined {
  for (let dir = directory; ; dir = dirname(dir)) {
    if (list(dir)?.some((name) => name === '.git/' || name === '.git') === true) return dir;
    if (dir === '/' || dir === '') return undefined;
  }
}
