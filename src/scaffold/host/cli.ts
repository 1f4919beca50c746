import type { CliCommand } from '../../base/cli';
import { newCommand } from './cli/new';
import { checkTemplateCommand } from './cli/check-template';
import { templatesCommand } from './cli/templates';

export const cliCommands: readonly CliCommand[] = [newCommand, templatesCommand, checkTemplateCommand];
