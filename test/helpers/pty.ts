import { spawn } from 'node:child_process';
import { cliPath } from './cli';

/** The built command line at a terminal of its own, which Python's pty module makes. */
export interface CliAtTerminal {
  /** Waits until what was printed fits. */
  until(wanted: RegExp): Promise<string>;
  type(text: string): void;
  /** What was printed so far. */
  printed(): string;
  /** The exit code. */
  readonly ended: Promise<number | null>;
}

const spawner = 'import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))';
const patienceMs = 20_000;

export function cliAtTerminal(
  args: readonly string[],
  { cwd, env }: { readonly cwd: string; readonly env: Readonly<Record<string, string>> },
): CliAtTerminal {
  const child = spawn('python3', ['-c', spawner, process.execPath, cliPath, ...args], {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let printed = '';
  let wake: () => void = () => undefined;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
    wake();
  });
  child.stdin.on('error', () => undefined);
  const ended = new Promise<number | null>((done) => child.on('close', done));
  return {
    ended,
    printed: () => printed,
    type: (text) => void child.stdin.write(text),
    async until(wanted) {
      const deadline = Date.now() + patienceMs;
      while (!wanted.test(printed)) {
        if (Date.now() > deadline) {
          child.kill();
          throw new Error(`${String(wanted)} was not printed: ${printed}`);
        }
        await Promise.race([
          new Promise<void>((done) => (wake = done)),
          new Promise((done) => setTimeout(done, 200)),
        ]);
      }
      return printed;
    },
  };
}
