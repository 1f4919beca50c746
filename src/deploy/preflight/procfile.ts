/** Process types and their commands. */
export type ProcessTable = Readonly<Record<string, string>>;

/**
 * Reads a Procfile for comparing: `type: command`, and Empire's extended form, where `command:` stands below the type. What is neither
 * is passed over; the platform says what is wrong with it.
 */
export function readProcesses(text: string): ProcessTable {
  const out: Record<string, string> = {};
  let open: string | undefined;
  for (const line of text.split(/\r?\n/)) {
    const [, type, command] = /^([A-Za-z0-9_-]+):[ \t]*(.*)$/.exec(line) ?? [];
    const nested = /^\s+command:[ \t]*(.+)$/.exec(line)?.[1];
    if (type !== undefined) {
      open = type;
      out[type] = (command ?? '').trim();
    } else if (nested !== undefined && open !== undefined) out[open] = nested.trim();
  }
  return out;
}

/** What changes for the processes of a service. */
export interface ProcessChanges {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly changed: readonly string[];
}

export function compareProcesses(before: ProcessTable, after: ProcessTable): ProcessChanges {
  const types = Object.keys(after);
  return {
    added: types.filter((type) => before[type] === undefined),
    removed: Object.keys(before).filter((type) => after[type] === undefined),
    changed: types.filter((type) => before[type] !== undefined && before[type] !== after[type]),
  };
}

/** The same in words; empty when nothing changes. */
export function processLines(before: ProcessTable, after: ProcessTable): readonly string[] {
  const { added, removed, changed } = compareProcesses(before, after);
  return [
    ...added.map((type) => `${type} is new: ${after[type] ?? ''}`),
    ...changed.map((type) => `${type} was ${before[type] ?? ''} and becomes ${after[type] ?? ''}`),
    ...removed.map((type) => `${type} goes: ${before[type] ?? ''}`),
  ];
}
