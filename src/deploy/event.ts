import type { Fix } from '../base/errors';
import type { Stage } from './stage';

/** Why a deploy failed, or why nobody knows: a sentence, what to do next, and the lines that explain it. */
export interface DeployError {
  readonly code: string;
  readonly message: string;
  readonly fix?: Fix;
  readonly lines: readonly string[];
}

export type StageState = 'started' | 'done' | 'failed' | 'skipped';

/** `live`: the new release was seen to run. `failed`: it is known not to. `unknown`: neither is known, and nobody guesses. */
export type Outcome = 'live' | 'failed' | 'unknown';

/** What a platform says while it deploys. Times are in seconds, by the platform's clock where it has one. */
export type DeployEvent =
  /** The platform's own name for this deploy, where it has one: for attaching and cancelling. */
  | { readonly type: 'started'; readonly deploy: string }
  | { readonly type: 'stage'; readonly stage: Stage; readonly state: StageState; readonly seconds: number }
  | { readonly type: 'log'; readonly text: string }
  /** How far the present stage is, in bytes; never kept. */
  | { readonly type: 'progress'; readonly done: number; readonly total: number }
  /** The release exists from here on, whatever becomes of the deploy. */
  | { readonly type: 'released'; readonly release: number }
  | {
      readonly type: 'finished';
      readonly outcome: Outcome;
      readonly release?: number;
      readonly url?: string;
      readonly error?: DeployError;
    };
