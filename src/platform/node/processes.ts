import { spawn } from 'node:child_process';
import { constants as osConstants } from 'node:os';
import { delimiter, join } from 'node:path';
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
    const child = spawn(line.file, line.args, { ...options(line), stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    const abort = (): void => {
      child.kill();
      const insist = setTimeout(() => child.kill('SIGKILL'), graceful);
      // Told only when it has ended: what it was writing is then no longer written to.
      child.once('exit', () => {
        clearTimeout(insist);
        reject(new DOMException('The program was cancelled.', 'AbortError'));
      });
    };
    signal.addEventListener('abort', abort, { once: true });
    const over = (): void => signal.removeEventListener('abort', abort);
    child.on('error', (error) => {
      over();
      reject(error);
    });
    child.on('close', (code, by) => {
      over();
      resolve({ exitCode: exitCode(code, by), stdout, stderr });
    });
  });
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
