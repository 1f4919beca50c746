import { readFile } from 'node:fs/promises';
import { startWorld } from '../helpers/kubernetes/world';
import type { Platform } from '../helpers/provider-contract';
import { ofAll, providerContract } from '../helpers/provider-contract';

/** The suite of all providers against a real API server, real controllers and real processes. */

const kubernetes = async (): Promise<Platform> => {
  const world = await startWorld();
  return {
    provider: world.provider,
    service: (app) => world.service(app),
    ready: async (target, version) => ({ image: await world.image(target.app, String(version)) }),
    running: (target) => world.ask(target, '/version'),
    async broken({ app }) {
      const image = await world.image(app, 'broken', {
        'serve.py': 'raise RuntimeError("no such setting")\n',
      });
      return { request: { image }, explains: /RuntimeError: no such setting/ };
    },
    async slow({ app }) {
      const seconds = app === 'fourth' ? 1 : 600;
      const late = `import time\ntime.sleep(${seconds})\n${await readFile('test/fixtures/services/echo/serve.py', 'utf8')}`;
      return { image: await world.image(app, 'slow', { 'serve.py': late }) };
    },
    shared: ofAll,
    say: async (target, text) => world.say(target, text),
    logLine: /^\d{4}-\d\d-\d\dT\S+ app\[web\.1\]: listening$/m,
    stop: () => world.stop(),
  };
};

providerContract('Kubernetes, a real API server', kubernetes);
