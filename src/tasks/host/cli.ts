import type { CliCommand, CliContext, CliInput, ExitCode } from '../../base/cli';
import { systemCode } from '../../base/errors';
import { join, relative } from '../../base/paths';
import { count, nearest } from '../../base/text';
import { noTaskFile, programMissing, unknownTarget, unreadable } from '../errors';
import { sources } from '../sources';
import type { SourceWorld, TaskSource } from '../sources/source';
import type { Task, TaskList } from '../task';

const ok = 0;

const tasks: CliCommand = {
  name: 'tasks',
  usage: '[dir] [--json]',
  summary: 'Lists the targets of the Makefile in a folder. Nothing is run to find them.',
  positionals: { min: 0, max: 1 },
  options: { json: { type: 'boolean', description: 'Print one JSON document.' } },
  async run(input, context): Promise<ExitCode> {
    const dir = folderOf(input.positionals[0], context);
    const { list } = await find(dir, context);
    context.out(input.flag('json') ? `${JSON.stringify(document(dir, list))}\n` : table(dir, list));
    if (list.truncated)
      context.err('warning: this is not all: the Makefile is too large to be read to its end');
    return ok;
  },
};

const run: CliCommand = {
  name: 'run',
  usage: '<task> [dir] [-- args]',
  summary: 'Runs one target; what follows -- goes to make. Exits with make’s own exit code.',
  positionals: { min: 1, max: 2 },
  options: {},
  async run(input: CliInput, context: CliContext): Promise<ExitCode> {
    const [target = '', folder] = input.positionals;
    const { source, list } = await find(folderOf(folder, context), context);
    checkTarget(target, list, context);
    const line = source.commandLine({
      entry: list.entry,
      target,
      args: input.rest,
      program: source.program,
    });
    try {
      return await context.processes.runInteractive(line, context.signal);
    } catch (error) {
      if (systemCode(error) !== 'ENOENT') throw error;
      throw programMissing(line.file, process.platform);
    }
  },
};

export const cliCommands: readonly CliCommand[] = [tasks, run];

function folderOf(folder: string | undefined, { cwd }: CliContext): string {
  if (folder === undefined) return cwd;
  return folder.startsWith('/') ? join(folder) : join(cwd, folder);
}

/** The list of the first source that has a file in `dir`. */
async function find(
  dir: string,
  context: CliContext,
): Promise<{ readonly source: TaskSource; readonly list: TaskList }> {
  const world: SourceWorld = {
    files: context.files,
    env: context.env,
    machine: { platform: process.platform, arch: process.arch },
  };
  for (const source of sources) {
    const list = await source.list(world, dir).catch((error: unknown) => {
      throw systemCode(error) === undefined ? error : unreadable(dir, error);
    });
    if (list) return { source, list };
  }
  throw noTaskFile(
    dir,
    sources.flatMap(({ files }) => files),
  );
}

/** Throws for a target that cannot be there. Where some names are not known without make, make is the one to say so. */
function checkTarget(target: string, list: TaskList, context: CliContext): void {
  const names = list.tasks.map(({ name }) => name);
  if (names.includes(target) || list.accepts(target)) return;
  const error = unknownTarget(target, relative(context.cwd, list.entry), nearNames(target, names));
  if (list.unresolved.length === 0) throw error;
  context.err(`note: ${target} is not among the targets that can be listed. ${error.fix?.label ?? ''}`);
}

/** Names that hold what was asked for or are written nearly so, at most three. */
function nearNames(wanted: string, names: readonly string[]): readonly string[] {
  const near = nearest(wanted, names);
  const holding = wanted.length < 3 ? [] : names.filter((name) => name.includes(wanted));
  return [...new Set([...(near === undefined ? [] : [near]), ...holding])].slice(0, 3);
}

/** Paths are relative to the folder; lines are zero-based. */
function document(dir: string, list: TaskList): unknown {
  return {
    tasks: list.tasks.map(({ name, source, file, range, description, entry }) => ({
      name,
      source,
      file: relative(dir, file),
      line: range.start.line,
      ...(description === undefined ? {} : { description }),
      entry: relative(dir, entry),
    })),
    unresolved: list.unresolved.map(({ name, file, range }) => ({
      name,
      file: relative(dir, file),
      line: range.start.line,
    })),
  };
}

/** For people: the actions by section, then the files that can be made, then what only make can name. */
function table(dir: string, list: TaskList): string {
  const actions = list.tasks.filter(({ isAction }) => isAction);
  const files = list.tasks.filter(({ isAction }) => !isAction);
  const sections = [...new Set(actions.map(({ section }) => section))];
  const blocks = sections.map((section) =>
    block(
      section,
      actions.filter((task) => task.section === section),
      dir,
    ),
  );
  if (files.length > 0) blocks.push(block('Files', files, dir));
  if (list.unresolved.length > 0) blocks.push(unresolvedBlock(dir, list));
  return blocks.length === 0 ? 'No targets.\n' : blocks.join('\n');
}

function block(title: string | undefined, rows: readonly Task[], dir: string): string {
  const width = Math.min(32, Math.max(...rows.map(({ name }) => name.length)));
  const lines = rows.map(({ name, description, file, range, isDefault }) => {
    const mark = isDefault ? '*' : ' ';
    const text = description ?? `${relative(dir, file)}:${range.start.line + 1}`;
    return `${mark} ${name.padEnd(width)}  ${text}`;
  });
  return `${title === undefined ? '' : `${title}\n`}${lines.join('\n')}\n`;
}

function unresolvedBlock(dir: string, { unresolved }: TaskList): string {
  const lines = unresolved.map(
    ({ name, file, range }) => `  ${name}  ${relative(dir, file)}:${range.start.line + 1}`,
  );
  return `${count(lines.length, 'line')} that only make can name targets of\n${lines.join('\n')}\n`;
}
