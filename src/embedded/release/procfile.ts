import { brokenProcfile, noProcfile, noWebProcess } from '../errors';

/** Process types and their commands, in the order of the file. */
export type Procfile = Readonly<Record<string, string>>;

const line = /^([A-Za-z0-9_-]+):\s*(\S.*)$/;

/**
 * Reads a Procfile: `<type>: <command>` per line, blank lines and `#` comments left out.
 * Throws UserError `embedded/no-procfile`, `embedded/broken-procfile` (naming each wrong line) or `embedded/no-web-process`.
 */
export function parseProcfile(text: string | undefined, dir: string): Procfile {
  if (text === undefined) throw noProcfile(dir);
  const processes: Record<string, string> = {};
  const faults: string[] = [];
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const trimmed = raw.trim();
    if (trimmed === '' || trimmed.startsWith('#')) continue;
    const [, type, command] = line.exec(trimmed) ?? [];
    if (type === undefined || command === undefined)
      faults.push(`line ${index + 1}: ${JSON.stringify(trimmed)} is not "<type>: <command>"`);
    else if (type in processes) faults.push(`line ${index + 1}: ${type} is there twice`);
    else processes[type] = command;
  }
  if (faults.length > 0) throw brokenProcfile(dir, faults);
  if (processes['web'] === undefined) throw noWebProcess(dir, Object.keys(processes));
  return processes;
}
