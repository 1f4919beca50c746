import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';

export interface Ended {
  readonly code: number | null;
  readonly output: string;
}

/** Starts make in a process group of its own; `onOutput` hears both streams. */
export function start(dir: string, args: readonly string[], onOutput: (text: string) => void): ChildProcess {
  const child = spawn('make', ['-C', dir, ...args], { stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', onOutput);
  return child;
}

/** Runs make to its end. */
export function make(dir: string, ...args: readonly string[]): Promise<Ended> {
  return new Promise((resolve, reject) => {
    let output = '';
    const child = start(dir, args, (text) => (output += text));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output }));
  });
}
