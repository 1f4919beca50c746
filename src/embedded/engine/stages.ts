import type { DeployLog, StageName } from './deploy-log';

export type Say = (text: string) => void;

/** The stages of one deploy, each reported when it begins and when it ends. */
export interface Stages {
  /** Runs one stage; `enter` ends it and begins another within the same work. Throws AbortError when the deploy was cancelled before it. */
  run<T>(stage: StageName, work: (say: Say, enter: (next: StageName) => void) => Promise<T>): Promise<T>;
  skip(stage: StageName, why: string): void;
  /** Ends the stage that is under way, if one is. */
  fail(): void;
}

export function createStages(record: DeployLog, signal: AbortSignal): Stages {
  let current: { readonly stage: StageName; readonly since: number } | undefined;
  const end = (state: 'done' | 'failed'): void => {
    if (!current) return;
    record.emit({ type: 'stage', stage: current.stage, state, seconds: (Date.now() - current.since) / 1000 });
    current = undefined;
  };
  const begin = (stage: StageName): void => {
    end('done');
    current = { stage, since: Date.now() };
    record.emit({ type: 'stage', stage, state: 'started', seconds: 0 });
  };
  return {
    async run(stage, work) {
      // After the switch there is no way back: cancelling comes too late to change how the deploy ends.
      if (stage !== 'drain') signal.throwIfAborted();
      begin(stage);
      const say: Say = (text) => record.emit({ type: 'log', stage: current?.stage ?? stage, text });
      const result = await work(say, begin);
      end('done');
      return result;
    },
    skip(stage, why) {
      record.emit({ type: 'log', stage, text: why });
      record.emit({ type: 'stage', stage, state: 'skipped', seconds: 0 });
    },
    fail: () => end('failed'),
  };
}
