import { Secret } from '../../src/base/secret';
import { silentLog } from '../../src/base/log';
import { createHerokuProvider } from '../../src/deploy';
import type { Provider, Target } from '../../src/deploy';
import { nodeArchives } from '../../src/platform/node/archive';
import { nodeFiles } from '../../src/platform/node/files';
import { nodeHttp } from '../../src/platform/node/http';
import { nodeProcesses } from '../../src/platform/node/processes';
import { nodeSockets } from '../../src/platform/node/sockets';
import type { TestPlatform } from './platform';

/** The embedded platform as a client of Heroku meets it, that knows nothing of what it has besides. */
export function herokuProviderFor(platform: TestPlatform): Provider {
  return createHerokuProvider({
    http: nodeHttp,
    archives: nodeArchives,
    sockets: nodeSockets,
    world: { processes: nodeProcesses, files: nodeFiles },
    log: silentLog,
    now: () => new Date(),
    accounts: { find: async () => new Secret(platform.token) },
    patience: { retriesMs: [50, 200], pollMs: 20, quietMs: 1000 },
  });
}

export const asHeroku = (platform: TestPlatform, target: Target): Target => ({
  ...target,
  environment: { ...target.environment, platform: 'heroku', url: platform.url },
});
