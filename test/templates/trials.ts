import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import process from 'node:process';
import { nodeFiles } from '../../src/platform/node/files';
import { completeAnswers, loadTemplates } from '../../src/scaffold';
import type { Answers, RenderedFile, Template } from '../../src/scaffold';
import { matrixOf } from '../../src/scaffold/check/matrix';
import { renderOf, renderService } from '../../src/scaffold/plan';

/** One combination of answers to one template, and the files that it makes. */
export interface Trial {
  readonly template: Template;
  /** `django-service pairs 3`. */
  readonly name: string;
  /** Of what is asked, as a person would give them. */
  readonly answers: Answers;
  readonly files: readonly RenderedFile[];
}

/**
 * The covering set of every bundled template, or those of it whose name holds a text of TRIALS, as in
 * `TRIALS="django-service preset,pairs 3 "`; each name counts as ending with a space.
 * Throws when a template can't be answered or rendered. */
export async function allTrials(): Promise<readonly Trial[]> {
  const templates = await loadTemplates(resolve('templates'), nodeFiles);
  const lists = await Promise.all(templates.map(trialsOf));
  const wanted = (process.env['TRIALS'] ?? '').split(',');
  return lists.flat().filter(({ name }) => wanted.some((one) => `${name} `.includes(one)));
}

async function trialsOf(template: Template): Promise<readonly Trial[]> {
  const render = renderOf(template);
  const { trials, unanswerable } = matrixOf(template, render);
  const [first] = unanswerable;
  if (first) throw new Error(`${template.id}: no answer could be guessed for ${first.key}.`);
  return Promise.all(
    trials.map(async ({ name, answers }) => {
      const completed = completeAnswers(template, answers, render);
      const files = await renderService(template, completed, 'service');
      return { template, name: `${template.id} ${name}`, answers, files };
    }),
  );
}

/** A trial's name as a folder's. */
export const folderOf = (trial: Trial): string => trial.name.replaceAll(' ', '-');

export const textOf = (file: RenderedFile): string => new TextDecoder().decode(file.bytes);

/** Each different text of the files whose path the pattern matches, with the first trial that makes it. */
export function distinctFiles(
  trials: readonly Trial[],
  pattern: RegExp,
): readonly { readonly trial: Trial; readonly path: string; readonly text: string }[] {
  const found = new Map<string, { trial: Trial; path: string; text: string }>();
  for (const trial of trials)
    for (const file of trial.files.filter((one) => pattern.test(one.path))) {
      const text = textOf(file);
      const key = `${trial.template.id} ${file.path} ${text}`;
      if (!found.has(key)) found.set(key, { trial, path: file.path, text });
    }
  return [...found.values()];
}

/** Writes the files below a folder that is not there yet. */
export async function writeFiles(dir: string, files: readonly RenderedFile[]): Promise<void> {
  for (const file of files) {
    const path = join(dir, file.path);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, file.bytes, { mode: file.executable ? 0o755 : 0o644 });
  }
}

export interface Ended {
  readonly code: number;
  readonly output: string;
}

/** Runs a program to its end; both streams in one text. Rejects when there is no such program. */
export function run(
  file: string,
  args: readonly string[],
  options: { readonly cwd?: string; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<Ended> {
  return new Promise((done, fail) => {
    const env = { ...process.env, ...options.env };
    const limits = { maxBuffer: 256 * 1024 * 1024, encoding: 'utf8' as const };
    execFile(file, [...args], { ...limits, cwd: options.cwd, env }, (error, stdout, stderr) => {
      const code = error === null ? 0 : error.code;
      if (typeof code === 'string') fail(error ?? new Error(code));
      else done({ code: code ?? 1, output: stdout + stderr });
    });
  });
}

/** As `run`; throws with the end of the output when the program does not end well. */
export async function runOrThrow(...args: Parameters<typeof run>): Promise<string> {
  const { code, output } = await run(...args);
  if (code === 0) return output;
  throw new Error(`${args[0]} ${args[1].join(' ')} ended with ${code}:\n${output.slice(-6_000)}`);
}

/** A virtual environment with the checkers of requirements.txt, made once; gives the path of one of them. */
export async function checker(name: string): Promise<string> {
  const home = resolve('out/test/templates/tools');
  const wanted = resolve('test/templates/requirements.txt');
  const stamp = join(home, 'installed.txt');
  const bin = join(home, 'bin');
  const same = await run('cmp', ['-s', wanted, stamp]);
  if (same.code !== 0) {
    await rm(home, { recursive: true, force: true });
    await runOrThrow('python3', ['-m', 'venv', home]);
    await runOrThrow(join(bin, 'pip'), ['install', '--quiet', '--requirement', wanted]);
    await runOrThrow('cp', [wanted, stamp]);
  }
  return join(bin, name);
}
