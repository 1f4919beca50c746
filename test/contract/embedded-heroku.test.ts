import { embeddedBy } from '../helpers/embedded-contract';
import { startPlatform } from '../helpers/platform';
import { asHeroku, herokuProviderFor } from '../helpers/platform-as-heroku';
import type { Platform } from '../helpers/provider-contract';
import { ofAll, providerContract } from '../helpers/provider-contract';

/** The embedded platform's API is Heroku's: the client that was written for Heroku drives it through the whole contract. */

const embedded = async (): Promise<Platform> => {
  const platform = await startPlatform();
  return {
    ...embeddedBy(platform, herokuProviderFor(platform)),
    service: async (app) => asHeroku(platform, await platform.service(app)),
    // What is packed and sent happens on the machine of the first window.
    shared: ofAll,
  };
};

providerContract('the embedded platform, driven by the client of Heroku', embedded);
