import { readRecord, recordFile, writeRecord } from './record';

/**
 * What comes of a file that stands in the folder already and the one that the template would write, where both can be had without
 * losing a line; undefined where a person has to decide.
 *
 * - `.gitignore` and its like: the template's lines that are missing come before the own ones, so that those have the last word.
 * - `servicewright.yaml` without a template's record: it gets the record.
 */
export function mergeStanding(path: string, standing: Uint8Array, given: Uint8Array): Uint8Array | undefined {
  const [mine, theirs] = [decoded(standing), decoded(given)];
  if (mine === undefined || theirs === undefined) return undefined;
  const merged = /(^|\/)\.(git|docker)ignore$/.test(path)
    ? lines(mine, theirs)
    : path === recordFile
      ? recorded(mine, theirs)
      : undefined;
  return merged === undefined ? undefined : new TextEncoder().encode(merged);
}

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

function lines(mine: string, theirs: string): string {
  const known = new Set(mine.split(/\r?\n/));
  const missing = theirs
    .split(/\r?\n/)
    .filter((line) => line !== '' && !line.startsWith('#') && !known.has(line));
  const lineEnd = mine.includes('\r\n') ? '\r\n' : '\n';
  return [...missing.map((line) => line + lineEnd), mine].join('');
}

function recorded(mine: string, theirs: string): string | undefined {
  const record = readRecord(theirs);
  // Another template's record is a person's to give up; a text that is no YAML is theirs to correct.
  if (!record || /^template\s*:/m.test(mine) || readsAsMapping(mine) === false) return undefined;
  return writeRecord(mine, record);
}

const readsAsMapping = (text: string): boolean => /^[A-Za-z][\w-]*\s*:/m.test(text);
