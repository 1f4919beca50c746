import { spawn } from 'node:child_process';
import type { ChildProcess, ChildProcessByStdio } from 'node:child_process';
import { constants as osConstants } from 'node:os';
import { delimiter, join } from 'node:path';
import type { Readable } from 'node:stream';
import { systemCode } from '../../base/errors';
import type { CommandLine, Finished, Processes } from '../../base/ports';
import { nodeFiles } from './files';

function environment(line: CommandLine): NodeJS.ProcessEnv {
  return { ...process.env, ...line.env };
}

function options(line: CommandLine): { cwd?: string; env: NodeJS.ProcessEnv } {
  return { env: environment(line), ...(line.cwd === undefined ? {} : { cwd: line.cwd }) };
}

function run(line: CommandLine, signal: AbortSignal): Promise<Finished> {
  return line.mostOutput === undefined ? runPlain(line, signal) : runInGroup(line, signal, line.mostOutput);
}

function runPlain(line: CommandLine, signal: AbortSignal): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn(line.file, line.args, {
      ...options(line),
      signal,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    collect(child, resolve, () => true);
    child.on('error', reject);
  });
}

/** As `CommandLine.mostOutput` says. */
function runInGroup(line: CommandLine, signal: AbortSignal, most: number): Promise<Finished> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(aborted(signal));
    const detached = process.platform !== 'win32';
    const child = spawn(line.file, line.args, {
      ...options(line),
      detached,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const end = (reason: Error): void => {
      signal.removeEventListener('abort', onAbort);
      endGroup(child, detached);
      reject(reason);
    };
    const onAbort = (): void => end(aborted(signal));
    signal.addEventListener('abort', onAbort, { once: true });
    child.on('error', end);
    collect(child, resolve, (printed) => {
      if (printed > most) end(new RangeError(`${line.file} printed more than ${most} characters`));
      return printed <= most;
    });
    return undefined;
  });
}

/** Gives the result when the program ends; `goesOn` is told how much was printed and says whether more is wanted. */
function collect(
  child: ChildProcessByStdio<null, Readable, Readable>,
  done: (finished: Finished) => void,
  goesOn: (printed: number) => boolean,
): void {
  let stdout = '';
  let stderr = '';
  let printed = 0;
  const fits = (text: string): boolean => goesOn((printed += text.length));
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    if (fits(text)) stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    if (fits(text)) stderr += text;
  });
  child.on('close', (code, by) => done({ exitCode: exitCode(code, by), stdout, stderr }));
}

function endGroup(child: ChildProcess, isGroup: boolean): void {
  if (child.pid === undefined) return;
  try {
    if (isGroup) process.kill(-child.pid, 'SIGKILL');
    else child.kill('SIGKILL');
  } catch (error) {
    if (systemCode(error) !== 'ESRCH') throw error;
  }
}

function aborted(signal: AbortSignal): Error {
  const reason: unknown = signal.reason;
  return reason instanceof Error ? reason : new DOMException('The operation was aborted', 'AbortError');
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
      if ((await nodeFiles.kind(path)) !== 'directory' && (await nodeFiles.isExecutable(path))) return path;
    }
  }
  return undefined;
}

/** Programs of this machine, started without a shell. */
export const nodeProcesses: Processes = { run, runInteractive, find };
