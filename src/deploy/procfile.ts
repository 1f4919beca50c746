/** Reading a Procfile for platforms that are told the commands: `<type>: <command>` per line. */

export interface Procfile {
  /** In the order of the file; without `release`. */
  readonly processes: readonly { readonly type: string; readonly command: string }[];
  /** What runs once before a release serves. */
  readonly release?: string;
}

const line = /^([A-Za-z0-9_-]+):\s*(\S.*)$/;

/** Blank lines and `#` comments are left out. Gives what is wrong, line by line, instead where something is. */
export function readProcfile(text: string): Procfile | { readonly faults: readonly string[] } {
  const found = new Map<string, string>();
  const faults: string[] = [];
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const trimmed = raw.trim();
    if (trimmed === '' || trimmed.startsWith('#')) continue;
    const [, type, command] = line.exec(trimmed) ?? [];
    if (type === undefined || command === undefined)
      faults.push(`line ${index + 1}: ${JSON.stringify(trimmed)} is not "<type>: <command>"`);
    else if (found.has(type)) faults.push(`line ${index + 1}: ${type} is there twice`);
    else found.set(type, command);
  }
  if (faults.length > 0) return { faults };
  const release = found.get('release');
  found.delete('release');
  const processes = [...found].map(([type, command]) => ({ type, command }));
  if (processes.length === 0) return { faults: ['it names no process to run, as in "web: exec gunicorn …"'] };
  return { processes, ...(release === undefined ? {} : { release }) };
}
