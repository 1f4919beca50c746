/** What a Procfile says (https://devcenter.heroku.com/articles/procfile): `<type>: <command>` per line. */
export interface ProcfileLines {
  /** Commands by process type, in the order of the file. */
  readonly processes: ReadonlyMap<string, string>;
  /** What is wrong, line by line. */
  readonly faults: readonly string[];
}

const line = /^([A-Za-z0-9_-]+):\s*(\S.*)$/;

/** Reads a Procfile; blank lines and `#` comments are left out. */
export function readProcfileLines(text: string): ProcfileLines {
  const processes = new Map<string, string>();
  const faults: string[] = [];
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const trimmed = raw.trim();
    if (trimmed === '' || trimmed.startsWith('#')) continue;
    const [, type, command] = line.exec(trimmed) ?? [];
    if (type === undefined || command === undefined)
      faults.push(`line ${index + 1}: ${JSON.stringify(trimmed)} is not "<type>: <command>"`);
    else if (processes.has(type)) faults.push(`line ${index + 1}: ${type} is there twice`);
    else processes.set(type, command);
  }
  return { processes, faults };
}
