import type { Http } from '../../base/ports';
import type { Accounts } from '../account';
import type { Providers } from '../target';
import type { EngineAccess } from './embedded';
import { createEmbeddedProvider } from './embedded';
import { createEmpireProvider } from './empire';
import type { KubeMachine } from './kubernetes';
import { createKubernetesProvider } from './kubernetes';

/** What providers are made of; each takes what it needs. */
export interface ProviderParts {
  /** The way to the embedded platform. */
  readonly engine: EngineAccess;
  readonly http: Http;
  readonly accounts: Accounts;
  readonly now: () => Date;
  /** What of this machine leads to Kubernetes clusters. */
  readonly machine: KubeMachine;
}

/** Every platform that this version deploys to. */
export function createProviders({ engine, http, accounts, now, machine }: ProviderParts): Providers {
  return {
    embedded: createEmbeddedProvider(engine, http),
    empire: createEmpireProvider({ http, accounts, now }),
    kubernetes: createKubernetesProvider({ http, machine, now }),
  };
}
