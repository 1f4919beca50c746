import type { Http } from '../../base/ports';
import type { Providers } from '../target';
import type { EngineAccess } from './embedded';
import { createEmbeddedProvider } from './embedded';

/** Every platform that this version deploys to. */
export function createProviders(engine: EngineAccess, http: Http): Providers {
  return { embedded: createEmbeddedProvider(engine, http) };
}
