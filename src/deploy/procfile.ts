/** Reading a Procfile for platforms that are told the commands: `<type>: <command>` per line. */
import { readProcfileLines } from '../services';

export interface Procfile {
  /** In the order of the file; without `release`. */
  readonly processes: readonly { readonly type: string; readonly command: string }[];
  /** What runs once before a release serves. */
  readonly release?: string;
}

/** Blank lines and `#` comments are left out. Gives what is wrong, line by line, instead where something is. */
export function readProcfile(text: string): Procfile | { readonly faults: readonly string[] } {
  const { processes: found, faults } = readProcfileLines(text);
  if (faults.length > 0) return { faults };
  const release = found.get('release');
  const processes = [...found].flatMap(([type, command]) => (type === 'release' ? [] : [{ type, command }]));
  if (processes.length === 0) return { faults: ['it names no process to run, as in "web: exec gunicorn …"'] };
  return { processes, ...(release === undefined ? {} : { release }) };
}
