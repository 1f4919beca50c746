import type { CliCommand } from '../../base/cli';
import { lintCommand } from './cli/lint';
import { explainCommand, rulesCommand } from './cli/rules';

/** The guidelines' commands of the command line. */
export const cliCommands: readonly CliCommand[] = [lintCommand, rulesCommand, explainCommand];
