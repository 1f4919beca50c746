import type { CliCommand, CliContext } from '../../base/cli';
import { systemCode } from '../../base/errors';
import { join, relative } from '../../base/paths';
import { nearest } from '../../base/text';
import { noSuchTask, noTaskFile, toolMissing } from '../errors';
import { sources as taskSources } from '../sources';
import type { TaskSource } from '../sources/source';
import type { Task, TaskList } from '../task';

interface Listed {
  readonly source: TaskSource;
  readonly list: TaskList;
}

/** The tasks of every source in `dir`. Throws UserError `tasks/no-task-file` when there is none. */
async function listIn(dir: string, context: CliContext): Promise<readonly Listed[]> {
  const world = { files: context.files, env: context.env };
  const found: Listed[] = [];
  for (const source of taskSources) {
    const list = await source.list(world, dir);
    if (list) found.push({ source, list });
  }
  if (found.length === 0)
    throw noTaskFile(
      dir,
      taskSources.flatMap((source) => source.files),
    );
  return found;
}

const absolute = (context: CliContext, dir: string): string =>
  dir.startsWith('/') ? join(dir) : join(context.cwd, dir);

const tasksCommand: CliCommand = {
  name: 'tasks',
  usage: '[dir]',
  summary: 'List the targets of a Makefile without running anything.',
  positionals: { min: 0, max: 1 },
  options: { json: { type: 'boolean', description: 'Print one JSON document.' } },
  async run(input, context) {
    const dir = absolute(context, input.positionals[0] ?? '.');
    const listed = await listIn(dir, context);
    if (input.flag('json')) {
      const tasks = listed.flatMap(({ list }) => list.tasks.map(asJson));
      const unresolved = listed.flatMap(({ list }) =>
        list.unresolved.map(({ name, file, range }) => ({ name, file, line: range.start.line })),
      );
      context.out(`${JSON.stringify({ tasks, unresolved }, null, 2)}\n`);
      return 0;
    }
    for (const { list } of listed) printList(list, dir, context);
    return 0;
  },
};

function asJson({ name, source, file, range, description, entry }: Task): unknown {
  const text = description === undefined ? {} : { description };
  return { name, source, file, line: range.start.line, ...text, entry };
}

function printList(list: TaskList, dir: string, context: CliContext): void {
  const width = Math.min(30, Math.max(0, ...list.tasks.map((task) => task.name.length)));
  for (const task of list.tasks) {
    const place = `${relative(dir, task.file)}:${task.range.start.line + 1}`;
    context.out(`${task.name.padEnd(width)}  ${task.description ?? place}\n`);
  }
  for (const one of list.unresolved)
    context.err(`needs make: ${one.name} (${relative(dir, one.file)}:${one.range.start.line + 1})`);
}

const runCommand: CliCommand = {
  name: 'run',
  usage: '<task> [dir] [-- args]',
  summary: 'Run one target; its exit code is passed on.',
  positionals: { min: 1, max: 2 },
  options: {},
  async run(input, context) {
    const [name = '', folder = '.'] = input.positionals;
    const dir = absolute(context, folder);
    const listed = await listIn(dir, context);
    const owner = listed.find(({ list }) => list.tasks.some((task) => task.name === name));
    const names = listed.flatMap(({ list }) => list.tasks.map((task) => task.name));
    // A name that only make can know is passed on; a near miss of a known one is not.
    const chosen = owner ?? (listed.some(({ list }) => list.unresolved.length > 0) ? listed[0] : undefined);
    if (!chosen) throw noSuchTask(name, dir, nearest(name, names));
    const { source, list } = chosen;
    const line = source.commandLine({
      entry: list.entry,
      target: name,
      args: input.rest,
      program: source.program,
    });
    try {
      return await context.processes.runInteractive(line, context.signal);
    } catch (error) {
      throw systemCode(error) === 'ENOENT' ? toolMissing(line.file, 'linux') : error;
    }
  },
};

export const cliCommands: readonly CliCommand[] = [tasksCommand, runCommand];
