import type { Log } from '../base/log';
import type { Http, Processes, Trees, World } from '../base/ports';
import type { Web } from '../base/web';
import { nodeFiles } from '../platform/node/files';
import { once } from './once';

/**
 * The world of this machine; all but its files is loaded when it is first asked for: most commands never do, and modules of Node are
 * most of the time that a short one takes. `proxies` are the variables that may name some: the command line's environment, nothing in
 * the editor.
 */
export function createWorld(log: Log, proxies: Readonly<Record<string, string | undefined>> = {}): World {
  return {
    files: nodeFiles,
    trees: lazyTrees(),
    processes: lazyProcesses(),
    http: lazyHttp(proxies),
    log,
    now: () => new Date(),
  };
}

/** What others wrote on the web. */
export function lazyWeb(): Web {
  const web = once(async () => (await import('../platform/node/web')).createWeb());
  return { get: async (...args) => (await web()).get(...args) };
}

function lazyTrees(): Trees {
  const trees = once(async () => (await import('../platform/node/trees')).nodeTrees);
  return {
    obstacle: async (...args) => (await trees()).obstacle(...args),
    create: async (...args) => (await trees()).create(...args),
    change: async (...args) => (await trees()).change(...args),
    recover: async (...args) => (await trees()).recover(...args),
  };
}

function lazyProcesses(): Processes {
  const processes = once(async () => (await import('../platform/node/processes')).nodeProcesses);
  return {
    run: async (...args) => (await processes()).run(...args),
    runInteractive: async (...args) => (await processes()).runInteractive(...args),
    find: async (...args) => (await processes()).find(...args),
  };
}

function lazyHttp(proxies: Readonly<Record<string, string | undefined>>): Http {
  const http = once(async () => (await import('../platform/node/http')).createHttp(proxies));
  return { send: async (...args) => (await http()).send(...args) };
}
