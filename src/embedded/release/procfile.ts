import { readProcfileLines } from '../../services';
import { brokenProcfile, noProcfile, noWebProcess } from '../errors';

/** Process types and their commands, in the order of the file. */
export type Procfile = Readonly<Record<string, string>>;

/**
 * Reads a Procfile: `<type>: <command>` per line, blank lines and `#` comments left out.
 * Throws UserError `embedded/no-procfile`, `embedded/broken-procfile` (naming each wrong line) or `embedded/no-web-process`.
 */
export function parseProcfile(text: string | undefined, dir: string): Procfile {
  if (text === undefined) throw noProcfile(dir);
  const { processes: found, faults } = readProcfileLines(text);
  if (faults.length > 0) throw brokenProcfile(dir, faults);
  if (!found.has('web')) throw noWebProcess(dir, [...found.keys()]);
  return Object.fromEntries(found);
}
