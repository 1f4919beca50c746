import type { CliCommand } from '../base/cli';

/** Commands that are loaded together. */
interface Part {
  readonly names: readonly string[];
  load(): Promise<readonly CliCommand[]>;
}

/** In the order of the help. What stands behind `import` is a bundle of its own. */
const parts: readonly Part[] = [
  { names: ['new'], load: async () => [(await import('../scaffold/host/cli/new')).newCommand] },
  { names: ['update'], load: async () => [(await import('../scaffold/host/cli/update')).updateCommand] },
  {
    names: ['templates'],
    load: async () => [(await import('../scaffold/host/cli/templates')).templatesCommand],
  },
  {
    names: ['check-template'],
    load: async () => [(await import('../scaffold/host/cli/check-template')).checkTemplateCommand],
  },
  {
    names: ['lint', 'rules', 'explain'],
    load: async () => (await import('../guidelines/host/cli')).cliCommands,
  },
  { names: ['tasks', 'run'], load: async () => (await import('../tasks/host/cli')).cliCommands },
  {
    names: [
      'deploy',
      'releases',
      'rollback',
      'compare',
      'promote',
      'ps',
      'scale',
      'config',
      'logs',
      'restart',
      'exec',
      'domains',
      'maintenance',
      'deploys',
      'login',
      'logout',
    ],
    load: async () => (await import('./cli-deploy')).deployCliCommands,
  },
  { names: ['platform'], load: async () => (await import('../embedded/host/cli')).cliCommands },
];

/** The command of that name, with what it needs; undefined where there is none. */
export async function findCommand(name: string): Promise<CliCommand | undefined> {
  const part = parts.find((one) => one.names.includes(name));
  return (await part?.load())?.find((one) => one.name === name);
}

/**
 * Every command of the command line, in the order of the help.
 * Throws where a part does not bring the commands that are looked for in it.
 */
export async function allCommands(): Promise<readonly CliCommand[]> {
  const lists = await Promise.all(
    parts.map(async ({ names, load }) => {
      const commands = await load();
      const found = commands.map((one) => one.name);
      if (found.join() !== names.join())
        throw new Error(`The commands ${found.join()} are looked for as ${names.join()}.`);
      return commands;
    }),
  );
  return lists.flat();
}
