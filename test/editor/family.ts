import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import process from 'node:process';
import type { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';

/** A program and everything that it starts, ended together. */
export type Family = {
  readonly child: ChildProcessByStdio<null, Readable, Readable>;
  /** Ends them all and gives the command lines of those that outlived the program. Safe to call twice. */
  stop(): Promise<readonly string[]>;
};

/** An environment variable that every descendant inherits, also one that leaves the process group. */
const mark = 'SERVICEWRIGHT_EDITOR_RUN';
const stopDeadlineMs = 10_000;

export function startFamily(file: string, args: readonly string[], env: NodeJS.ProcessEnv): Family {
  const run = `${process.pid}-${process.hrtime.bigint()}`;
  const child = spawn(file, [...args], {
    detached: true,
    env: { ...env, [mark]: run },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const killNow = (): void => {
    signalGroup(child.pid, 'SIGKILL');
  };
  process.once('exit', killNow);
  return {
    child,
    stop: async () => {
      await stopGroup(child);
      process.removeListener('exit', killNow);
      return endMarked(run);
    },
  };
}

async function stopGroup(child: Family['child']): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const ended = once(child, 'exit');
  signalGroup(child.pid, 'SIGTERM');
  const inTime = await Promise.race([ended.then(() => true), delay(stopDeadlineMs, false, { ref: false })]);
  signalGroup(child.pid, 'SIGKILL');
  if (!inTime) await ended;
}

function signalGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid !== undefined) send(-pid, signal);
}

/** A process that has ended in the meantime is no error. */
function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

/** Ends processes that left the group but carry the mark (Linux only), and names them. */
async function endMarked(run: string): Promise<readonly string[]> {
  const found = marked(run);
  const names = found.map((pid) => readProc(pid, 'cmdline').split('\0').join(' ').trim());
  for (const pid of found) send(pid, 'SIGTERM');
  const deadline = Date.now() + stopDeadlineMs;
  while (marked(run).length > 0 && Date.now() < deadline) await delay(50);
  for (const pid of marked(run)) send(pid, 'SIGKILL');
  return names;
}

function marked(run: string): readonly number[] {
  if (process.platform !== 'linux') return [];
  const pids = readdirSync('/proc').map(Number);
  return pids.filter((pid) => pid > 0 && readProc(pid, 'environ').split('\0').includes(`${mark}=${run}`));
}

/** Empty for a process that has just ended or belongs to somebody else. */
function readProc(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}
