import { isAbort, messageOf } from '../base/errors';
import type { DeployError, DeployEvent, Outcome, StageState } from './event';
import type { Provider, Target } from './provider';
import type { Stage } from './stage';

export interface StageResult {
  readonly name: Stage;
  readonly outcome: 'done' | 'failed' | 'skipped' | 'unknown';
  readonly seconds: number;
}

/** How a deploy ended. */
export interface DeployResult {
  readonly outcome: Outcome;
  readonly release?: number;
  readonly url?: string;
  readonly stages: readonly StageResult[];
  readonly seconds: number;
  readonly error?: DeployError;
}

/** What a host shows while a deploy runs. */
export interface Progress {
  /** The platform's name for this deploy, for attaching and cancelling. */
  started?(deploy: string): void;
  stage?(stage: Stage, state: StageState, seconds: number): void;
  line?(line: string): void;
  /** How far the present stage is, in bytes. */
  progress?(done: number, total: number): void;
}

interface Clock {
  now(): Date;
}

/**
 * Follows the events of a deploy to its outcome. A stream that ends without saying how is not called failed: the platform is asked
 * what serves now, and where it can't say, the outcome is `unknown`.
 * Throws what the provider throws before anything was begun (while it still checks). When the person stops watching before that it throws
 * AbortError, afterwards the outcome is unknown too.
 */
export async function runDeploy(
  events: AsyncIterable<DeployEvent>,
  ask: {
    readonly provider: Provider;
    readonly target: Target;
    readonly clock: Clock;
    readonly signal: AbortSignal;
  },
  progress: Progress = {},
): Promise<DeployResult> {
  const follow = new Follower(ask.clock, progress);
  try {
    for await (const event of events) {
      const ended = follow.take(event);
      if (ended) return ended;
    }
    return await lookAround(follow, ask, 'the platform stopped saying how it goes');
  } catch (error) {
    if (!follow.hasBegun) throw error;
    if (!isAbort(error)) return lookAround(follow, ask, messageOf(error));
    const signal = AbortSignal.timeout(longestLook);
    return lookAround(follow, { ...ask, signal }, 'nobody watched it any longer');
  }
}

/** How long the last look may take of somebody who wants to leave, in milliseconds. */
const longestLook = 5000;

async function lookAround(
  follow: Follower,
  ask: { readonly provider: Provider; readonly target: Target; readonly signal: AbortSignal },
  why: string,
): Promise<DeployResult> {
  const known = await whatServes(ask);
  return follow.unknown(
    `It is not known how the deploy of ${ask.target.app} ended, because ${why.replace(/\.$/, '')}. ${known}`,
  );
}

async function whatServes(ask: Parameters<typeof lookAround>[1]): Promise<string> {
  try {
    const status = await ask.provider.status(ask.target, ask.signal);
    return status?.release === undefined
      ? 'No release serves now.'
      : `Release v${status.release} serves now.`;
  } catch (error) {
    return `What serves now could not be asked either: ${messageOf(error)}`;
  }
}

/** Whether it tells of more than checking. */
const acts = (event: DeployEvent): boolean =>
  event.type !== 'log' && !(event.type === 'stage' && event.stage === 'preflight');

/** How the stage ends that is open when a deploy does. */
const endOf: Readonly<Record<Outcome, StageResult['outcome']>> = {
  live: 'done',
  failed: 'failed',
  unknown: 'unknown',
};

/** Adds up the events of one deploy. Stage times are the platform's; an open stage is timed by our own clock. */
class Follower {
  readonly #clock: Clock;
  readonly #progress: Progress;
  readonly #began: number;
  readonly #stages: StageResult[] = [];
  #open: { readonly name: Stage; readonly began: number } | undefined;
  #release: number | undefined;
  /** Whether something may have been changed: checking changes nothing. */
  hasBegun = false;

  constructor(clock: Clock, progress: Progress) {
    this.#clock = clock;
    this.#progress = progress;
    this.#began = clock.now().getTime();
  }

  /** The result, once the event says how the deploy ended. */
  take(event: DeployEvent): DeployResult | undefined {
    this.hasBegun ||= acts(event);
    switch (event.type) {
      case 'started':
        this.#progress.started?.(event.deploy);
        return undefined;
      case 'log':
        this.#progress.line?.(event.text);
        return undefined;
      case 'stage':
        this.#move(event.stage, event.state, event.seconds);
        return undefined;
      case 'progress':
        this.#progress.progress?.(event.done, event.total);
        return undefined;
      case 'released':
        this.#release = event.release;
        return undefined;
      case 'finished': {
        const { type: _type, outcome, ...rest } = event;
        this.#close(endOf[outcome]);
        return { outcome, ...this.#released(), ...rest, ...this.#times() };
      }
    }
  }

  unknown(message: string): DeployResult {
    this.#close('unknown');
    const error = { code: 'deploy/unknown', message, lines: [] };
    return { outcome: 'unknown', ...this.#released(), ...this.#times(), error };
  }

  #released(): { readonly release?: number } {
    return this.#release === undefined ? {} : { release: this.#release };
  }

  #move(name: Stage, state: StageState, seconds: number): void {
    this.#progress.stage?.(name, state, seconds);
    if (state === 'started') {
      this.#open = { name, began: this.#clock.now().getTime() };
      return;
    }
    this.#stages.push({ name, outcome: state, seconds });
    if (this.#open?.name === name) this.#open = undefined;
  }

  #close(outcome: StageResult['outcome']): void {
    if (!this.#open) return;
    this.#stages.push({ name: this.#open.name, outcome, seconds: this.#secondsSince(this.#open.began) });
    this.#open = undefined;
  }

  #times(): { readonly stages: readonly StageResult[]; readonly seconds: number } {
    return { stages: this.#stages, seconds: this.#secondsSince(this.#began) };
  }

  #secondsSince(began: number): number {
    return Math.max(0, this.#clock.now().getTime() - began) / 1000;
  }
}
