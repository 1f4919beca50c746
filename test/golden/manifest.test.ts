import { test } from 'node:test';
import { commands } from '../../src/base/commands';
import { settings } from '../../src/base/settings';
import { views } from '../../src/base/views';
import { allCommands } from '../../src/main/cli-commands';
import { golden } from '../helpers/golden';

/** What users and their scripts hold on to: a name that goes or changes must be seen in review. */
test('the names of commands, settings, views and command-line options are known', async () => {
  const cliCommands = await allCommands();
  const options = cliCommands.flatMap((command) =>
    Object.keys(command.options).map((name) => `cli ${command.name} --${name}`),
  );
  golden(
    'public-names',
    [
      ...Object.keys(commands).map((id) => `command ${id}`),
      ...Object.keys(settings).map((name) => `setting servicewright.${name}`),
      ...Object.keys(views).map((id) => `view ${id}`),
      ...cliCommands.map((command) => `cli ${`${command.name} ${command.usage}`.trim()}`),
      ...options,
    ].join('\n'),
  );
});
