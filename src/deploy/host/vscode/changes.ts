import { isAbort, messageOf } from '../../../base/errors';
import type { Log } from '../../../base/log';
import type { Provider } from '../../provider';

/** Tells when a platform that is being looked at changes: another window deploys, a process crashes. No asking again and again. */
export interface Changes {
  /** From now on, until the platform ends; looking again begins anew. */
  follow(provider: Provider): void;
}

/** Of many changes at once the hosts hear once. */
const quietMs = 150;
const afterFailureMs = 5000;

export function createChanges(changed: () => void, log: Log, signal: AbortSignal): Changes {
  const followed = new Set<Provider>();
  let timer: NodeJS.Timeout | undefined;
  const tell = (): void => {
    timer ??= setTimeout(() => {
      timer = undefined;
      if (!signal.aborted) changed();
    }, quietMs);
  };
  const read = async (provider: Provider): Promise<void> => {
    let restMs = 0;
    try {
      // The first is how things are now, which whoever looks knows already.
      let isFirst = true;
      for await (const _ of provider.changes?.(signal) ?? []) {
        if (!isFirst) tell();
        isFirst = false;
      }
    } catch (error) {
      if (isAbort(error)) return;
      log.debug(`No more changes are told: ${messageOf(error)}`);
      // Telling makes the hosts look, and looking comes back here.
      restMs = afterFailureMs;
    }
    setTimeout(() => followed.delete(provider), restMs);
    tell();
  };
  return {
    follow(provider) {
      if (followed.has(provider) || !provider.changes || signal.aborted) return;
      followed.add(provider);
      void read(provider);
    },
  };
}
