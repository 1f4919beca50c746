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
  summary: 'Lists the targets of a folder’s Makefile, justfile and Taskfile. Nothing is run to find them.',
  positionals: { min: 0, max: 1 },
  options: { json: { type: 'boolean', description: 'Print one JSON document.' } },
  async run(input, context): Promise<ExitCode> {
    const dir = folderOf(input.positionals[0], context);
    const found = await find(dir, context);
    const lists = found.map(({ list }) => list);
    context.out(input.flag('json') ? `${JSON.stringify(document(dir, lists))}\n` : tables(dir, lists));
    for (const { entry, truncated } of lists)
      if (truncated)
        context.err(`warning: this is not all: ${relative(dir, entry)} is too large to be read to its end`);
    return ok;
  },
};

const run: CliCommand = {
  name: 'run',
  usage: '<task> [dir] [-- args]',
  summary:
    'Runs one target; what follows -- goes to its tool (make, just, task). Exits with the tool’s own exit code.',
  positionals: { min: 1, max: 2 },
  options: {},
  async run(input: CliInput, context: CliContext): Promise<ExitCode> {
    const [target = '', folder] = input.positionals;
    const found = await find(folderOf(folder, context), context);
    const { source, list } = chooseList(target, found, context);
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

interface Found {
  readonly source: TaskSource;
  readonly list: TaskList;
}

/** The list of each source that has a file in `dir`. Throws when none has. */
async function find(dir: string, context: CliContext): Promise<readonly [Found, ...Found[]]> {
  const world: SourceWorld = {
    files: context.files,
    env: context.env,
    machine: { platform: process.platform, arch: process.arch },
  };
  const found: Found[] = [];
  for (const source of sources) {
    const list = await source.list(world, dir).catch((error: unknown) => {
      throw systemCode(error) === undefined ? error : unreadable(dir, error);
    });
    if (list) found.push({ source, list });
  }
  const [first, ...others] = found;
  if (first) return [first, ...others];
  throw noTaskFile(dir, ['Makefile', 'justfile', 'Taskfile']);
}

/**
 * The list that has the target, make's first. Throws for a target that cannot be there. Where some names are not known without the tool,
 * the tool is the one to say so.
 */
function chooseList(target: string, found: readonly [Found, ...Found[]], context: CliContext): Found {
  const knows = ({ list }: Found): boolean =>
    list.tasks.some(({ name }) => name === target) || list.accepts(target);
  const known = found.find(knows);
  if (known) return known;
  const doubtful = found.find(({ list }) => list.unresolved.length > 0);
  const [{ list }] = found;
  const names = found.flatMap((one) => one.list.tasks.map(({ name }) => name));
  const error = unknownTarget(target, relative(context.cwd, list.entry), nearNames(target, names));
  if (!doubtful) throw error;
  context.err(`note: ${target} is not among the targets that can be listed. ${error.fix?.label ?? ''}`);
  return doubtful;
}

/** Names that hold what was asked for or are written nearly so, at most three. */
function nearNames(wanted: string, names: readonly string[]): readonly string[] {
  const near = nearest(wanted, names);
  const holding = wanted.length < 3 ? [] : names.filter((name) => name.includes(wanted));
  return [...new Set([...(near === undefined ? [] : [near]), ...holding])].slice(0, 3);
}

/** Paths are relative to the folder; lines are zero-based. */
function document(dir: string, lists: readonly TaskList[]): unknown {
  const tasks = lists.flatMap((list) => list.tasks);
  const unresolved = lists.flatMap((list) => list.unresolved);
  return {
    tasks: tasks.map(({ name, source, file, range, description, entry }) => ({
      name,
      source,
      file: relative(dir, file),
      line: range.start.line,
      ...(description === undefined ? {} : { description }),
      entry: relative(dir, entry),
    })),
    unresolved: unresolved.map(({ name, file, range }) => ({
      name,
      file: relative(dir, file),
      line: range.start.line,
    })),
  };
}

/** With files of several tools each has a heading. */
function tables(dir: string, lists: readonly TaskList[]): string {
  if (lists.length === 1) return lists.map((list) => table(dir, list)).join('');
  return lists.map((list) => `── ${relative(dir, list.entry)}\n${table(dir, list)}`).join('\n');
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

function unresolvedBlock(dir: string, { source, unresolved }: TaskList): string {
  const lines = unresolved.map(
    ({ name, file, range }) => `  ${name}  ${relative(dir, file)}:${range.start.line + 1}`,
  );
  return `${count(lines.length, 'line')} that only ${source} can name targets of\n${lines.join('\n')}\n`;
}
