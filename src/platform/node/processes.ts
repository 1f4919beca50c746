import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { constants as osConstants } from 'node:os';
import { delimiter, join } from 'node:path';
import { systemCode } from '../../base/errors';
import type { CommandLine, Finished, Processes } from '../../base/ports';
import { nodeFiles } from './files';

function environment(line: CommandLine): NodeJS.ProcessEnv {
  return { ...process.env, ...line.env };
}

function options(line: CommandLine): { cwd?: string; env: NodeJS.ProcessEnv } {
  return { env: environment(line), ...(line.cwd === undefined ? {} : { cwd: line.cwd }) };
}

/** How long a program that is asked to end may take before it is made to. */
const graceful = 2000;

async function run(line: CommandLine, signal: AbortSignal): Promise<Finished> {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    // In a group of its own, so that a cancel ends also what it started: git's helpers, make's recipes.
    const child = spawn(line.file, line.args, {
      ...options(line),
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: grouped,
    });
    // A program that does not read what it is given may close it first.
    child.stdin.on('error', () => undefined);
    child.stdin.end(line.input);
    const printed = { stdout: '', stderr: '' };
    let refused: Error | undefined;
    let insist: NodeJS.Timeout | undefined;
    const stop = (why: Error): void => {
      if (refused) return;
      refused = why;
      end(child, 'SIGTERM');
      insist = setTimeout(() => end(child, 'SIGKILL'), graceful);
    };
    const abort = (): void => stop(reasonOf(signal));
    const most = line.mostOutput ?? Infinity;
    for (const name of ['stdout', 'stderr'] as const)
      child[name].setEncoding('utf8').on('data', (text: string) => {
        if (!refused) printed[name] += text;
        if (printed.stdout.length + printed.stderr.length > most)
          stop(new RangeError(`${line.file} printed more than ${most} characters`));
      });
    const over = (): void => {
      clearTimeout(insist);
      signal.removeEventListener('abort', abort);
    };
    signal.addEventListener('abort', abort, { once: true });
    child.on('error', (error) => {
      over();
      reject(error);
    });
    // All that it started has ended too, or it would hold what it prints to: a cancel is told when nothing is written any more.
    child.on('close', (code, by) => {
      over();
      if (refused) reject(refused);
      else resolve({ exitCode: exitCode(code, by), ...printed });
    });
  });
}

const grouped = process.platform !== 'win32';

function end(child: ChildProcess, signal: NodeJS.Signals): void {
  if (!grouped || child.pid === undefined) {
    child.kill(signal);
    return;
  }
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    if (systemCode(error) !== 'ESRCH') throw error;
  }
}

/** Why it was cancelled: a time-out says so itself. */
function reasonOf(signal: AbortSignal): Error {
  const reason: unknown = signal.reason;
  return reason instanceof Error ? reason : new DOMException('The program was cancelled.', 'AbortError');
}

function runInteractive(line: CommandLine, signal: AbortSignal): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(line.file, line.args, { ...options(line), signal, stdio: 'inherit' });
    child.on('error', reject);
    child.on('close', (code, by) => resolve(exitCode(code, by)));
  });
}

/** A shell's convention: 128 + the signal's number when a signal ended the process. */
function exitCode(code: number | null, by: NodeJS.Signals | null): number {
  if (code !== null) return code;
  return 128 + (by === null ? 0 : osConstants.signals[by]);
}

async function find(program: string): Promise<string | undefined> {
  const suffixes = process.platform === 'win32' ? ['.exe', '.cmd', ''] : [''];
  for (const dir of (process.env['PATH'] ?? '').split(delimiter).filter((part) => part !== '')) {
    for (const suffix of suffixes) {
      const path = join(dir, program + suffix);
      // First whether it can be run: a folder of the PATH that may not be entered holds nothing for us, and is no error.
      if ((await nodeFiles.isExecutable(path)) && (await nodeFiles.kind(path)) !== 'directory') return path;
    }
  }
  return undefined;
}

/** Programs of this machine, started without a shell. */
export const nodeProcesses: Processes = { run, runInteractive, find };
