import type { Log } from '../base/log';
import type { Http, World } from '../base/ports';
import { nodeFiles } from '../platform/node/files';
import { nodeProcesses } from '../platform/node/processes';
import { nodeTrees } from '../platform/node/trees';

/** The world of this machine. `proxies` are the variables that may name some: the command line's environment, nothing in the editor. */
export function createWorld(log: Log, proxies: Readonly<Record<string, string | undefined>> = {}): World {
  return {
    files: nodeFiles,
    trees: nodeTrees,
    processes: nodeProcesses,
    http: lazyHttp(proxies),
    log,
    now: () => new Date(),
  };
}

/** HTTP that is loaded when it is first asked for: most commands never do, and of a short one it would be a tenth of the time. */
function lazyHttp(proxies: Readonly<Record<string, string | undefined>>): Http {
  let loaded: Promise<Http> | undefined;
  return {
    send: async (request, signal) => {
      loaded ??= import('../platform/node/http').then(({ createHttp }) => createHttp(proxies));
      return (await loaded).send(request, signal);
    },
  };
}
