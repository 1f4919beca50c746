import type { Log } from '../../base/log';
import type { Archives, Http, Sockets, WebSockets, World } from '../../base/ports';
import type { Accounts } from '../account';
import type { Providers } from '../target';
import type { EngineAccess } from './embedded';
import { createEmbeddedProvider } from './embedded';
import { createEmpireProvider } from './empire';
import { createHerokuProvider } from './heroku';
import type { AskCode } from './heroku';
import type { KubeMachine } from './kubernetes';
import { createKubernetesProvider } from './kubernetes';

/** What providers are made of; each takes what it needs. */
export interface ProviderParts {
  /** The way to the embedded platform. */
  readonly engine: EngineAccess;
  readonly http: Http;
  readonly accounts: Accounts;
  readonly archives: Archives;
  readonly sockets: Sockets;
  readonly webSockets: WebSockets;
  readonly world: Pick<World, 'processes' | 'files'>;
  readonly log: Log;
  readonly askCode: AskCode;
  readonly now: () => Date;
  /** Beside files and programs, what leads to Kubernetes clusters. */
  readonly machine: Pick<KubeMachine, 'env' | 'mayRunPrograms'>;
}

/** Every platform that this version deploys to. */
export function createProviders(parts: ProviderParts): Providers {
  const { http, webSockets, accounts, now, world, machine } = parts;
  return {
    embedded: createEmbeddedProvider(parts),
    empire: createEmpireProvider({ http, accounts, now }),
    heroku: createHerokuProvider(parts),
    kubernetes: createKubernetesProvider({ http, webSockets, machine: { ...world, ...machine }, now }),
  };
}
