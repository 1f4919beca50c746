import type { DeployEvent } from './event';
import type { Stage } from './stage';

/** Makes the stage events of a provider that times its stages itself: one is open at a time, and entering the next ends it. */
export class StageClock {
  readonly #now: () => Date;
  #open: { readonly stage: Stage; readonly began: number } | undefined;

  constructor(now: () => Date) {
    this.#now = now;
  }

  /** Nothing when that stage is open already. */
  *enter(stage: Stage): Iterable<DeployEvent> {
    if (this.#open?.stage === stage) return;
    yield* this.end('done');
    this.#open = { stage, began: this.#now().getTime() };
    yield { type: 'stage', stage, state: 'started', seconds: 0 };
  }

  *end(state: 'done' | 'failed'): Iterable<DeployEvent> {
    if (!this.#open) return;
    const { stage, began } = this.#open;
    this.#open = undefined;
    yield { type: 'stage', stage, state, seconds: Math.max(0, this.#now().getTime() - began) / 1000 };
  }
}
