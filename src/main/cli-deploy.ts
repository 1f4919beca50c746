import { join } from 'node:path';
import type { CliCommand } from '../base/cli';
import { messageOf } from '../base/errors';
import { createProviders, createRecords } from '../deploy';
import type { DeployCli } from '../deploy/host/cli';
import { askCodeAt, createCliAccounts, deployCommands } from '../deploy/host/cli';
import { homeOf } from '../embedded/home';
import { accessOf } from '../embedded/host/cli';
import { nodeArchives } from '../platform/node/archive';
import { createJournals } from '../platform/node/journals';
import { nodeSockets } from '../platform/node/sockets';
import { createWebSockets } from '../platform/node/web-sockets';
import { createSpecChecks } from './spec-checks';

/** How this machine reaches platforms: tokens from the environment or git's helpers, records beside the embedded platform's state. */
const deployCli: DeployCli = {
  pid: process.pid,
  providers: (context) => {
    const { http, now, log, env } = context;
    const accounts = createCliAccounts(context);
    const askCode = askCodeAt(context);
    const engine = accessOf(context);
    return createProviders({
      engine,
      http,
      now,
      log,
      accounts,
      askCode,
      world: context,
      archives: nodeArchives,
      sockets: nodeSockets,
      webSockets: createWebSockets(env),
      // Who types a command means it.
      machine: { env, mayRunPrograms: () => true },
    });
  },
  accounts: createCliAccounts,
  specs: ({ processes, home }) => createSpecChecks(processes, { execPath: process.execPath, home }),
  records: ({ env, log, now }) =>
    createRecords({
      journals: createJournals(join(homeOf(env), 'records')),
      now,
      warn: (error) => log.warn(`This deploy can't be recorded: ${messageOf(error)}`),
    }),
};

/** The commands that speak to a platform, wired to this machine. */
export const deployCliCommands: readonly CliCommand[] = deployCommands(deployCli);
