import type { Provider, Target } from '../../src/deploy';
import type { TestPlatform } from './platform';
import { textFrom, writeFiles } from './platform';
import type { Platform } from './provider-contract';

const { signal } = new AbortController();

/** The embedded platform as the suite of all providers meets it, driven by a provider. */
export function embeddedBy(platform: TestPlatform, provider: Provider): Platform {
  const urlOf = async (target: Target): Promise<string> => (await provider.status(target, signal))?.url ?? '';
  return {
    provider,
    service: (app) => platform.service(app),
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
    stop: () => platform.stop(),
  };
}
