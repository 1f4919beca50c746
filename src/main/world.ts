import type { Log } from '../base/log';
import type { World } from '../base/ports';
import { nodeFiles } from '../platform/node/files';
import { nodeHttp } from '../platform/node/http';
import { nodeProcesses } from '../platform/node/processes';
import { nodeTrees } from '../platform/node/trees';

/** The world of this machine, for the extension and the command line. */
export function createWorld(log: Log): World {
  return {
    files: nodeFiles,
    trees: nodeTrees,
    processes: nodeProcesses,
    http: nodeHttp,
    log,
    now: () => new Date(),
  };
}
