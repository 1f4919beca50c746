import { pause } from '../run/pause';
import type { Cluster, ClusterOptions } from './cluster';
import { startCluster } from './cluster';

/** The database server as the engine holds it: started when it is first asked for, kept running from then on. */
export interface DatabaseServer {
  /** Throws what `startCluster` throws; the next who asks tries again. */
  get(say: (text: string) => void): Promise<Cluster>;
  stop(): Promise<void>;
}

const restartAfterMs = 1000;

export function createDatabaseServer(options: ClusterOptions): DatabaseServer {
  const stopping = new AbortController();
  let cluster: Promise<Cluster> | undefined;
  const start = (say: (text: string) => void): Promise<Cluster> => {
    const starting = startCluster({ ...options, say });
    const forget = (): void => {
      if (cluster === starting) cluster = undefined;
    };
    starting.then(({ exited }) => {
      const onExit = (): void => {
        forget();
        void startAgain();
      };
      exited.then(onExit, onExit);
    }, forget);
    return starting;
  };
  const get = (say: (text: string) => void): Promise<Cluster> => (cluster ??= start(say));
  // Services keep its address in their environment, so it comes back at the same port.
  const startAgain = async (): Promise<void> => {
    if (stopping.signal.aborted) return;
    options.say('the database server ended by itself; starting it again');
    await pause(restartAfterMs, stopping.signal);
    if (stopping.signal.aborted) return;
    try {
      await get(options.say);
    } catch (error) {
      options.say(error instanceof Error ? error.message : String(error));
    }
  };
  return {
    get,
    async stop() {
      stopping.abort();
      const running = await cluster?.catch(() => undefined);
      await running?.stop();
    },
  };
}
