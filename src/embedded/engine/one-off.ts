import { startChild } from '../run/spawn';
import type { AppParts } from './boot';
import { environmentOf } from './boot';
import { launchOf } from './launch';
import { lineQueue } from './line-queue';
import type { ReleaseRecord } from './records';
import type { Redactor } from '../run/redact';

/** A command that is run once, beside the processes of a release and with the same files, variables and database. */
export interface OneOff {
  /** `run.1` */
  readonly dyno: string;
  readonly command: string;
  readonly since: Date;
  /** Where it is not the one that runs. */
  readonly release?: number;
  pid?: number;
  /** Ends it, or gives its place up where it has not begun. */
  end(): void;
}

/** A place for a command that runs once. */
export interface PreparedRun {
  readonly dyno: string;
  /** Runs it, once. */
  start(signal: AbortSignal): AsyncIterable<string>;
  /** Gives the place up, or ends what runs there. */
  drop(): void;
}

export interface OneOffRequest {
  readonly command: string;
  /** What it reads from its standard input. */
  readonly input?: string;
  /** Variables that it has besides. */
  readonly env?: Readonly<Record<string, string>>;
}

/** What is told of such a run, one JSON document a line. */
export type RunEvent =
  | { readonly type: 'out'; readonly stream: 'stdout' | 'stderr'; readonly text: string }
  | { readonly type: 'exit'; readonly code: number; readonly signal?: string };

interface Running {
  readonly parts: AppParts;
  readonly redactor: Redactor;
  readonly release: ReleaseRecord;
  readonly oneOff: OneOff;
  over(): void;
}

/** Runs it and gives what it says, its exit code last. When whoever asked is gone, it is ended with all that it started. */
export function runOneOff(
  running: Running,
  request: OneOffRequest,
  signal: AbortSignal,
): AsyncIterable<string> {
  const queue = lineQueue(signal);
  const tell = (event: RunEvent): void => queue.push(running.redactor.redact(JSON.stringify(event)));
  follow(running, request, { tell, signal })
    .catch((error: unknown) => {
      tell({ type: 'out', stream: 'stderr', text: error instanceof Error ? error.message : String(error) });
      tell({ type: 'exit', code: 126 });
    })
    .finally(() => {
      running.over();
      queue.end();
    });
  return queue.lines;
}

async function follow(
  { parts, release, oneOff }: Running,
  { command, input, env: more }: OneOffRequest,
  { tell, signal }: { tell(event: RunEvent): void; readonly signal: AbortSignal },
): Promise<void> {
  const { context, log } = parts;
  const say = (text: string): void => log.write('platform', oneOff.dyno, text);
  const env = { ...(await environmentOf(parts, release, say)), ...more };
  const { wrap, ...line } = await launchOf(parts, release, { dyno: oneOff.dyno, command, env });
  const started = await startChild(
    {
      ...line,
      ...(input === undefined ? {} : { input }),
      onLine: (text, stream) => tell({ type: 'out', stream, text }),
    },
    context.runFiles,
  );
  const child = wrap(started);
  oneOff.pid = child.pid;
  say(`Runs ${command}`);
  const stop = (): void => void child.end(context.timing.grace);
  signal.addEventListener('abort', stop, { once: true });
  const exit = await child.exited.finally(() => signal.removeEventListener('abort', stop));
  await child.end(0);
  say(exit.signal === null ? `Ended with exit code ${exit.code ?? 0}` : `Was ended by ${exit.signal}`);
  tell(
    exit.signal === null
      ? { type: 'exit', code: exit.code ?? 0 }
      : { type: 'exit', code: 128 + (numbers[exit.signal] ?? 0), signal: exit.signal },
  );
}

/** POSIX's numbers of the signals that end a process most. */
const numbers: Partial<Record<NodeJS.Signals, number>> = {
  SIGHUP: 1,
  SIGINT: 2,
  SIGQUIT: 3,
  SIGABRT: 6,
  SIGKILL: 9,
  SIGSEGV: 11,
  SIGPIPE: 13,
  SIGTERM: 15,
};
