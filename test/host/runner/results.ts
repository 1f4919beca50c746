// The wire between the suite inside the extension host and the runner outside: a file with one JSON value a line.

export type HostEvent =
  | { readonly event: 'passed'; readonly title: string; readonly ms: number }
  | { readonly event: 'failed'; readonly title: string; readonly error: string }
  | { readonly event: 'skipped'; readonly title: string }
  | { readonly event: 'end' };

/** Names the file that the suite writes its events to. */
export const resultsVariable = 'SERVICEWRIGHT_HOST_RESULTS';

/** The environment variable with parts of the paths of the tests to run, parted by commas; all of them without it. */
export const onlyVariable = 'SERVICEWRIGHT_HOST_ONLY';

export function formatEvent(event: HostEvent): string {
  return `${JSON.stringify(event)}\n`;
}

/** The events of all complete lines; a line that is still being written is left for later. */
export function parseEvents(text: string): readonly HostEvent[] {
  const complete = text.slice(0, text.lastIndexOf('\n') + 1);
  return complete
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => parseEvent(JSON.parse(line)));
}

function parseEvent(value: unknown): HostEvent {
  const name = field(value, 'event');
  const title = String(field(value, 'title'));
  switch (name) {
    case 'passed':
      return { event: 'passed', title, ms: Number(field(value, 'ms')) };
    case 'failed':
      return { event: 'failed', title, error: String(field(value, 'error')) };
    case 'skipped':
      return { event: 'skipped', title };
    case 'end':
      return { event: 'end' };
    default:
      throw new Error(`The suite does not know the event ${String(name)}.`);
  }
}

function field(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return new Map<string, unknown>(Object.entries(value)).get(name);
}
