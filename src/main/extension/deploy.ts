import { join } from 'node:path';
import * as vscode from 'vscode';
import { messageOf } from '../../base/errors';
import type { World } from '../../base/ports';
import type { Settings } from '../../base/settings';
import type { Records } from '../../deploy';
import { createProviders, createRecords } from '../../deploy';
import { registerDeploy } from '../../deploy/host/vscode';
import { createEditorAccounts } from '../../deploy/host/vscode/accounts';
import { createEngineAccess } from '../../embedded';
import { askCode } from './second-factor';
import { nodeArchives } from '../../platform/node/archive';
import { isAlive } from '../../platform/node/durable';
import { createJournals } from '../../platform/node/journals';
import { nodeSockets } from '../../platform/node/sockets';
import { createWebSockets } from '../../platform/node/web-sockets';
import { createSpecChecks } from '../spec-checks';
import type { WorkspaceServices } from '../../services/host/vscode';

interface Wired {
  readonly context: vscode.ExtensionContext;
  readonly world: World;
  readonly settings: Settings;
  readonly services: WorkspaceServices;
}

/** Wires deploying: the embedded platform, the accounts, the records, every provider. */
export function wireDeploy({ context, world, settings, services }: Wired): vscode.Disposable {
  const { http, now, log } = world;
  const engine = createEngineAccess({
    cliPath: context.asAbsolutePath('out/cli.js'),
    execPath: process.execPath,
    env: process.env,
    say: (text) => log.info(text),
  });
  const accounts = createEditorAccounts(context.secrets);
  const providers = createProviders({
    engine,
    http,
    now,
    log,
    accounts,
    askCode,
    world,
    archives: nodeArchives,
    sockets: nodeSockets,
    // The editor's own settings say which proxy leads where.
    webSockets: createWebSockets({}),
    machine: { env: process.env, mayRunPrograms: () => vscode.workspace.isTrusted },
  });
  const platform = {
    start: async (signal: AbortSignal) => void (await engine.connect(signal)),
    stop: async (signal: AbortSignal) => void (await engine.stop(signal)),
  };
  const records = recordsIn(context, world);
  const machine = { pid: process.pid, isAlive };
  const specs = createSpecChecks(world.processes, {
    execPath: process.execPath,
    home: context.extensionPath,
  });
  const parts = {
    context,
    world,
    settings,
    services,
    providers,
    platform,
    accounts,
    records,
    machine,
    specs,
  };
  return vscode.Disposable.from(accounts, registerDeploy(parts));
}

function recordsIn({ globalStorageUri }: vscode.ExtensionContext, { now, log }: World): Records {
  return createRecords({
    journals: createJournals(join(globalStorageUri.fsPath, 'deploys')),
    now,
    warn: (error) => log.warn(`This deploy can't be recorded: ${messageOf(error)}`),
  });
}
