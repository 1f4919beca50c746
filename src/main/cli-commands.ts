import type { CliCommand } from '../base/cli';
import { cliCommands as scaffold } from '../scaffold/host/cli';

/** Every command of the command line, in the order of the help. */
export const cliCommands: readonly CliCommand[] = [...scaffold];
