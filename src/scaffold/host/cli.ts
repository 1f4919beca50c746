import type { CliCommand } from '../../base/cli';
import { checkTemplateCommand } from './cli/check-template';
import { newCommand } from './cli/new';
import { templatesCommand } from './cli/templates';
import { updateCommand } from './cli/update';

export const cliCommands: readonly CliCommand[] = [
  newCommand,
  updateCommand,
  templatesCommand,
  checkTemplateCommand,
];
