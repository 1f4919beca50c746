import type { Fix } from '../base/errors';
import type { Stage } from './stage';

/** Why a deploy failed: a sentence, what to do next, and the lines that explain it. */
export interface DeployError {
  readonly code: string;
  readonly message: string;
  readonly fix?: Fix;
  readonly lines: readonly string[];
}

export type StageState = 'started' | 'done' | 'failed' | 'skipped';

/** What a platform says while it deploys. Times are in seconds, by the platform's clock. */
export type DeployEvent =
  | { readonly type: 'started'; readonly deploy: string }
  | { readonly type: 'stage'; readonly stage: Stage; readonly state: StageState; readonly seconds: number }
  | { readonly type: 'log'; readonly text: string }
  | {
      readonly type: 'finished';
      readonly outcome: 'live' | 'failed';
      readonly release?: number;
      readonly url?: string;
      readonly error?: DeployError;
    };
