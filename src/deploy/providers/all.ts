import type { Log } from '../../base/log';
import type { Archives, Http, World } from '../../base/ports';
import type { Accounts } from '../account';
import type { Providers } from '../target';
import type { EngineAccess } from './embedded';
import { createEmbeddedProvider } from './embedded';
import { createEmpireProvider } from './empire';
import { createHerokuProvider } from './heroku';
import type { AskCode } from './heroku';

/** What providers are made of; each takes what it needs. */
export interface ProviderParts {
  /** The way to the embedded platform. */
  readonly engine: EngineAccess;
  readonly http: Http;
  readonly accounts: Accounts;
  readonly archives: Archives;
  readonly world: Pick<World, 'processes' | 'files'>;
  readonly log: Log;
  readonly askCode: AskCode;
  readonly now: () => Date;
}

/** Every platform that this version deploys to. */
export function createProviders(parts: ProviderParts): Providers {
  const { engine, http, accounts, now } = parts;
  return {
    embedded: createEmbeddedProvider(engine, http),
    empire: createEmpireProvider({ http, accounts, now }),
    heroku: createHerokuProvider(parts),
  };
}
