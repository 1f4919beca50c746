import type { CliCommand } from '../../base/cli';
import {
  configCommand,
  domainsCommand,
  maintenanceCommand,
  restartCommand,
  scaleCommand,
} from './cli/change';
import type { DeployCli } from './cli/common';
import { deployCommand, rollbackCommand } from './cli/deploy';
import { execCommand } from './cli/exec';
import { loginCommand, logoutCommand } from './cli/login';
import { compareCommand, promoteCommand } from './cli/releases';
import { historyCommand, logsCommand, psCommand, releasesCommand } from './cli/look';

export { askCodeAt, createCliAccounts } from './cli/accounts';
export type { DeployCli } from './cli/common';

/** The commands that speak to a platform; `cli` wires them to this machine. */
export function deployCommands(cli: DeployCli): readonly CliCommand[] {
  const all = [
    deployCommand,
    releasesCommand,
    rollbackCommand,
    compareCommand,
    promoteCommand,
    psCommand,
    scaleCommand,
    configCommand,
    logsCommand,
    restartCommand,
    execCommand,
    domainsCommand,
    maintenanceCommand,
    historyCommand,
    loginCommand,
    logoutCommand,
  ];
  return all.map((one) => one(cli));
}
