import type { CliCommand, CliContext } from '../base/cli';
import { createProviders } from '../deploy';
import { deployCommands } from '../deploy/host/cli';
import { accessOf, cliCommands as embedded } from '../embedded/host/cli';
import { cliCommands as guidelines } from '../guidelines/host/cli';
import { cliCommands as scaffold } from '../scaffold/host/cli';
import { cliCommands as tasks } from '../tasks/host/cli';

const providersFor = (context: CliContext): ReturnType<typeof createProviders> =>
  createProviders(accessOf(context), context.http);

/** Every command of the command line, in the order of the help. */
export const cliCommands: readonly CliCommand[] = [
  ...scaffold,
  ...guidelines,
  ...tasks,
  ...deployCommands(providersFor),
  ...embedded,
];
