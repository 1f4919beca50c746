import { join } from 'node:path';
import * as vscode from 'vscode';
import { messageOf } from '../../base/errors';
import type { World } from '../../base/ports';
import type { Settings } from '../../base/settings';
import type { Records } from '../../deploy';
import { registerDeploy } from '../../deploy/host/vscode';
import { createEditorAccounts } from '../../deploy/host/vscode/accounts';
import { createRecords } from '../../deploy/records';
import { createEngineAccess } from '../../embedded';
import { isAlive } from '../../platform/node/durable';
import { createJournals } from '../../platform/node/journals';
import { once } from '../once';
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
  const { log } = world;
  const engine = createEngineAccess({
    cliPath: context.asAbsolutePath('out/cli.js'),
    execPath: process.execPath,
    env: process.env,
    say: (text) => log.info(text),
  });
  const accounts = createEditorAccounts(context.secrets);
  // A window without a service needs none of them, and they are as much code as all else of the start.
  const providers = once(async () => {
    const { createEditorProviders } = await import('./providers');
    return createEditorProviders({ engine, accounts, world });
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
