import type { CommandInfo } from '../base/command-info';
import { commands } from '../base/commands';
import { settings } from '../base/settings';
import { allCommands } from '../main/cli-commands';

const row = (...cells: readonly string[]): string =>
  `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [row(...head), row(...head.map(() => '---')), ...rows.map((cells) => row(...cells))].join('\n');
}

/** The README's generated tables, by the name in its `<!-- gen:NAME -->` marks. */
export async function readmeTables(): Promise<Readonly<Record<string, string>>> {
  const cliCommands = await allCommands();
  const everyCommand: Readonly<Record<string, CommandInfo>> = commands;
  return {
    commands: table(
      ['Command', 'What it does'],
      Object.values(everyCommand)
        .filter((one) => one.palette !== false)
        .map((one) => [`**Servicewright: ${one.title}**`, one.description]),
    ),
    settings: table(
      ['Setting', 'Default', 'What it does'],
      Object.entries(settings).map(([name, one]) => [
        `\`servicewright.${name}\``,
        `\`${JSON.stringify(one.default)}\``,
        one.description,
      ]),
    ),
    cli: table(
      ['Command', 'What it does'],
      cliCommands.map((one) => [`\`servicewright ${`${one.name} ${one.usage}`.trim()}\``, one.summary]),
    ),
  };
}
