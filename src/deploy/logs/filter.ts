import { messageOf } from '../../base/errors';

/** Whether a line is shown. */
export type LineFilter = (line: string) => boolean;

/**
 * Reads what a person types to see less: `/pattern/` is a regular expression; else words that have to be in the line, capitals aside,
 * `-word` for one that must not, `web:` or `worker.1:` for a process. Nothing shows everything. Gives a sentence where it can't be read.
 */
export function readFilter(text: string): LineFilter | string {
  const trimmed = text.trim();
  const pattern = /^\/(.+)\/([ims]*)$/.exec(trimmed);
  if (pattern) return readPattern(pattern[1] ?? '', pattern[2] ?? '');
  const words = trimmed.split(/\s+/).filter((word) => word !== '');
  const checks = words.map(readWord);
  return (line) => checks.every((check) => check(line));
}

function readPattern(source: string, flags: string): LineFilter | string {
  try {
    const pattern = new RegExp(source, flags);
    return (line) => pattern.test(line);
  } catch (error) {
    return messageOf(error);
  }
}

function readWord(word: string): LineFilter {
  const process = /^([\w-]+(?:\.\d+)?):$/.exec(word)?.[1];
  if (process !== undefined) return (line) => processOf(line)?.startsWith(process) === true;
  const isUnwanted = word.length > 1 && word.startsWith('-');
  const wanted = (isUnwanted ? word.slice(1) : word).toLowerCase();
  return (line) => line.toLowerCase().includes(wanted) !== isUnwanted;
}

/** `web.1` of `2026-12-01T10:00:00Z app[web.1]: hello`, the line format of Heroku's log sessions. */
export function processOf(line: string): string | undefined {
  return /^\S+ [\w-]+\[([^\]]+)\]: /.exec(line)?.[1];
}
