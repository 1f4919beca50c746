import type { CliCommand } from '../base/cli';

/** Every command of the command line, in the order of the help. */
export const cliCommands: readonly CliCommand[] = [];
