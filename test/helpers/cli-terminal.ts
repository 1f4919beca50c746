import { spawn } from 'node:child_process';
import process from 'node:process';
import { cliPath } from './cli';

/** The built command line at a terminal of its own, which Python's pty module makes; `onText` may type an answer to what is shown. */
export function cliAtTerminal(
  args: readonly string[],
  options: {
    readonly cwd: string;
    readonly env: Readonly<Record<string, string>>;
    onText(text: string, type: (keys: string) => void): void;
  },
): Promise<{ readonly code: number | null; readonly shown: string }> {
  const program = 'import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))';
  return new Promise((done, fail) => {
    const child = spawn('python3', ['-c', program, process.execPath, cliPath, ...args], {
      cwd: options.cwd,
      env: { ...process.env, ...options.env },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    let shown = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      shown += text;
      options.onText(shown, (keys) => void child.stdin.write(keys));
    });
    child.on('error', fail);
    child.on('close', (code) => {
      child.stdin.destroy();
      done({ code, shown });
    });
  });
}
