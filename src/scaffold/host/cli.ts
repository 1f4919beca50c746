import type { CliCommand } from '../../base/cli';
import { newCommand } from './cli/new';
import { templatesCommand } from './cli/templates';

export const cliCommands: readonly CliCommand[] = [newCommand, templatesCommand];
