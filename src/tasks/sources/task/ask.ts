/** Asking task for its list. Variables that a command gives (`sh:`) may be worked out for that; `status` commands are not run. */
import { isObject, stringAt } from '../../../base/json';
import { basename, dirname } from '../../../base/paths';
import type { Task, TaskList } from '../../task';
import type { Asking } from '../source';

export const taskAsking: Asking = {
  runsCode: true,
  commandLine: ({ entry }, [file = 'task', ...first]) => ({
    file,
    args: [...first, '--taskfile', basename(entry), '--list-all', '--json', '--no-status'],
    cwd: dirname(entry),
  }),
  merge(list, { exitCode, stdout }) {
    const told = exitCode === 0 ? readList(stdout) : undefined;
    if (!told) return undefined;
    const known = new Map(list.tasks.map((task) => [task.name, task]));
    const names = new Set(told.map(({ name }) => name));
    return {
      ...list,
      tasks: [
        ...list.tasks.filter(({ name }) => names.has(name)),
        ...told.filter(({ name }) => !known.has(name) && !name.includes('*')).map((one) => taskOf(one, list)),
      ],
      unresolved: [],
      isAsked: true,
    };
  },
};

interface Told {
  readonly name: string;
  readonly description: string | undefined;
  readonly file: string | undefined;
  readonly line: number;
}

/** undefined when it is not what task prints. */
function readList(text: string): readonly Told[] | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (!isObject(value) || !Array.isArray(value['tasks'])) return undefined;
    return value['tasks'].flatMap((one: unknown) => toldOf(one) ?? []);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function toldOf(value: unknown): Told | undefined {
  const name = stringAt(value, 'name');
  if (name === undefined) return undefined;
  const location = isObject(value) ? value['location'] : undefined;
  const line = isObject(location) ? location['line'] : undefined;
  return {
    name,
    description: stringAt(value, 'desc') || undefined,
    file: stringAt(location, 'taskfile'),
    line: typeof line === 'number' ? line - 1 : 0,
  };
}

function taskOf({ name, description, file, line }: Told, { entry }: TaskList): Task {
  const start = { line, character: 0 };
  return {
    name,
    source: 'task',
    file: file ?? entry,
    range: { start, end: start },
    description,
    section: sectionOf(name),
    entry,
    isAction: true,
    isDefault: name === 'default',
    prerequisites: [],
    recipe: [],
  };
}

/** Tasks of an included file stand under its name. */
export function sectionOf(name: string): string | undefined {
  const colon = name.lastIndexOf(':');
  return colon < 0 ? undefined : name.slice(0, colon);
}
