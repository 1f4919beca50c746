import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { endGroup } from './group';
import type { RunFiles } from './run-files';

export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** Run as another user of the system; only root can. */
  readonly user?: { readonly uid: number; readonly gid: number };
  /** Written to its standard input, which is then closed; without it there is none. */
  readonly input?: string;
  onLine(line: string, stream: 'stdout' | 'stderr'): void;
}

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A child that leads its own process group, so that all it starts can be ended with it. */
export interface Child {
  readonly pid: number;
  readonly exited: Promise<Exit>;
  /** Asks the group to end, and ends it by force after `graceMs`. Resolves when none of it is left. */
  end(graceMs: number, signal?: NodeJS.Signals): Promise<void>;
}

/** A longer line is cut into pieces: a process that never writes a line end must not fill the memory. */
const longestLine = 16_384;

/** Starts a process; its number is written down before anything else, so that a crash of ours leaves no stranger. Throws the system's error. */
export async function startChild(command: Command, files: RunFiles): Promise<Child> {
  const child = spawn(command.file, command.args, {
    cwd: command.cwd,
    env: command.env,
    detached: process.platform !== 'win32',
    stdio: [command.input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    windowsHide: true,
    ...command.user,
  });
  const exited = exitOf(child);
  const pid = child.pid;
  if (pid === undefined) {
    await exited;
    throw new Error(`${command.file} could not be started`);
  }
  for (const stream of ['stdout', 'stderr'] as const) {
    eachLine(child[stream], (line) => command.onLine(line, stream));
  }
  exited.catch(() => undefined);
  // A program that does not read what it is given may close it first.
  child.stdin?.on('error', () => undefined);
  child.stdin?.end(command.input);
  await files.add(pid);
  const forget = (): void => {
    files.remove(pid).catch(() => undefined);
  };
  exited.then(forget, forget);
  return { pid, exited, end: (graceMs, signal = 'SIGTERM') => endGroup(pid, graceMs, signal) };
}

function exitOf(child: ChildProcess): Promise<Exit> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    // `exit`, then whatever the pipes still hold; a grandchild that keeps them open must not hide that the process is gone.
    child.once('exit', (code, signal) => {
      const done = (): void => resolve({ code, signal });
      child.once('close', done);
      setTimeout(done, 500).unref();
    });
  });
}

function eachLine(stream: NodeJS.ReadableStream | null, onLine: (line: string) => void): void {
  let rest = '';
  stream?.setEncoding('utf8');
  stream?.on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) onLine(line.replace(/\r$/, ''));
    if (rest.length > longestLine) {
      onLine(rest);
      rest = '';
    }
  });
  stream?.on('end', () => {
    if (rest !== '') onLine(rest);
  });
  stream?.on('error', () => onLine('(the output broke off)'));
}
