import type { Target } from '../../src/deploy';
import { startPlatform, textFrom, writeFiles } from '../helpers/platform';
import { asHeroku, herokuProviderFor } from '../helpers/platform-as-heroku';
import type { Platform } from '../helpers/provider-contract';
import { ofAll, providerContract } from '../helpers/provider-contract';

/** The embedded platform's API is Heroku's: the client that was written for Heroku drives it through the whole contract. */

const { signal } = new AbortController();

const embedded = async (): Promise<Platform> => {
  const platform = await startPlatform();
  const provider = herokuProviderFor(platform);
  const urlOf = async (target: Target): Promise<string> => (await provider.status(target, signal))?.url ?? '';
  return {
    provider,
    service: async (app) => asHeroku(platform, await platform.service(app)),
    async ready(target, version) {
      await writeFiles(target.dir, { 'version.txt': `${version}\n` });
      return {};
    },
    running: async (target) => textFrom(`${await urlOf(target)}/version`),
    async broken(target) {
      await writeFiles(target.dir, {
        'serve.py': 'raise RuntimeError("no such setting")\n',
        'version.txt': '2\n',
      });
      return { request: {}, explains: /RuntimeError: no such setting/ };
    },
    async slow(target) {
      const seconds = target.app === 'sixth' ? 60 : 1;
      await writeFiles(target.dir, { Procfile: `release: sleep ${seconds}\nweb: exec python3 serve.py\n` });
      return {};
    },
    say: async (target, text) => void (await textFrom(`${await urlOf(target)}/say?text=${text}`)),
    logLine: /^\d{4}-\d\d-\d\dT\S+ app\[web\.1\]: listening$/m,
    // What is packed and sent happens on the machine of the first window.
    shared: ofAll,
    stop: () => platform.stop(),
  };
};

providerContract('the embedded platform, driven by the client of Heroku', embedded);
