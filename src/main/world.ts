import type { Log } from '../base/log';
import type { World } from '../base/ports';
import { nodeFiles } from '../platform/node/files';
import { createHttp } from '../platform/node/http';
import { nodeProcesses } from '../platform/node/processes';
import { nodeTrees } from '../platform/node/trees';

/** The world of this machine. `proxies` are the variables that may name some: the command line's environment, nothing in the editor. */
export function createWorld(log: Log, proxies: Readonly<Record<string, string | undefined>> = {}): World {
  return {
    files: nodeFiles,
    trees: nodeTrees,
    processes: nodeProcesses,
    http: createHttp(proxies),
    log,
    now: () => new Date(),
  };
}
