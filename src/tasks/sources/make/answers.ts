/** What a few harmless commands print, known without running them: they ask only for the folder and the machine. */
import { dirname } from '../../../base/paths';
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

const topLevel = /^git rev-parse --show-toplevel( 2> ?\/dev\/null)?$/;

/**
 * Answers `pwd`, `uname`, `uname -s`, `uname -m` and `git rev-parse --show-toplevel` for a make in `directory`;
 * undefined for every other command.
 */
export function knownAnswers(
  directory: string,
  machine: Machine | undefined,
  list: (directory: string) => readonly string[] | undefined,
): (command: string) => string | undefined {
  return (command) => {
    const words = command.replaceAll(/\s+/g, ' ');
    if (words === 'pwd') return directory;
    if (topLevel.test(words)) return topLevelOf(directory, list);
    if (!machine) return undefined;
    if (words === 'uname' || words === 'uname -s') return systems[machine.platform];
    return words === 'uname -m' ? processors[`${machine.platform} ${machine.arch}`] : undefined;
  };
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
