import * as vscode from 'vscode';
import type { World } from '../../base/ports';
import type { Accounts, EngineAccess } from '../../deploy';
import { createProviders } from '../../deploy';
import { nodeArchives } from '../../platform/node/archive';
import { nodeSockets } from '../../platform/node/sockets';
import { createWebSockets } from '../../platform/node/web-sockets';
import { askCode } from './second-factor';

interface Parts {
  readonly engine: EngineAccess;
  readonly accounts: Accounts;
  readonly world: World;
}

/** Every platform, as the editor reaches it; loaded once there is a service that may be deployed. */
export function createEditorProviders({
  engine,
  accounts,
  world,
}: Parts): ReturnType<typeof createProviders> {
  const { http, now, log } = world;
  return createProviders({
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
}
