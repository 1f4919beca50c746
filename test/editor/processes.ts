import { spawn } from 'node:child_process';
import process from 'node:process';
import { output } from './output';

export type RunOptions = {
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** Keep the output from the terminal; it is only returned. */
  readonly quiet?: boolean;
};

export type Ran = { readonly code: number; readonly output: string };

/** Runs a program to its end, shows its output as it comes, and gives exit code and the whole output. */
export function run(file: string, args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, [...args], {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const chunks: string[] = [];
    const show = output();
    const take = (stream: NodeJS.WriteStream) => (chunk: string) => {
      chunks.push(chunk);
      if (!options.quiet) show(chunk, stream);
    };
    child.stdout.setEncoding('utf8').on('data', take(process.stdout));
    child.stderr.setEncoding('utf8').on('data', take(process.stderr));
    const endChild = (): void => {
      child.kill();
    };
    process.once('exit', endChild);
    child.on('error', reject);
    child.on('close', (code, signal) => {
      process.removeListener('exit', endChild);
      resolve({ code: code ?? (signal === null ? 1 : 128), output: chunks.join('') });
    });
  });
}

/** Runs a program that must succeed. The error carries the output, because it was kept from the terminal. */
export async function runOrFail(
  file: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<string> {
  const { code, output } = await run(file, args, options);
  if (code === 0) return output;
  const shown = options.quiet ? `:\n${output.trim()}` : '.';
  throw new Error(`\`${[file, ...args].join(' ')}\` ended with exit code ${code}${shown}`);
}
