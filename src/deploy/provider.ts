import type { Environment } from '../services';
import type { DeployEvent } from './event';
import type { Release } from './release';

/** Where a service goes. */
export interface Target {
  /** The app's name on the platform. */
  readonly app: string;
  readonly environment: Environment;
  /** Absolute path of the service's root. */
  readonly dir: string;
  /** The path that answers 200 once the service can serve. */
  readonly health?: string;
}

/** What a platform can do; hosts ask these instead of the platform's name. */
export interface ProviderCaps {
  /** What cancelling a deploy does: ends it, leaves it running on its own, or nothing. */
  readonly cancel: 'full' | 'detach' | 'none';
  readonly rollback: boolean;
  readonly logs: boolean;
}

export interface Process {
  /** `web.1` */
  readonly name: string;
  /** As the platform calls it: `starting`, `up`, `crashed`, `crash-loop`. */
  readonly state: string;
  readonly since: string;
}

export interface TargetStatus {
  /** The address under which the app answers; absent before its first release. */
  readonly url?: string;
  readonly release?: number;
  readonly processes: readonly Process[];
  /** The deploy that is under way now. */
  readonly deploy?: string;
}

/** What the person says of one deploy. */
export interface DeployRequest {
  /** What the release says of itself. */
  readonly message?: string;
  /** The Python program to build with, for platforms that build on this machine. */
  readonly python?: string;
}

/**
 * One platform. Every call throws a UserError when the platform can't be reached or refuses, AbortError when `signal` fires.
 * Ending a stream early never ends a deploy; `cancel` does.
 */
export interface Provider {
  readonly id: string;
  readonly title: string;
  readonly caps: ProviderCaps;
  deploy(target: Target, request: DeployRequest, signal: AbortSignal): AsyncIterable<DeployEvent>;
  /** All events of a deploy from its start, and then those to come. */
  attach(target: Target, deploy: string, signal: AbortSignal): AsyncIterable<DeployEvent>;
  cancel(target: Target, deploy: string, signal: AbortSignal): Promise<void>;
  /** Newest first. */
  releases(target: Target, signal: AbortSignal): Promise<readonly Release[]>;
  /** A new release of what an old one ran. */
  rollback(target: Target, version: number, signal: AbortSignal): AsyncIterable<DeployEvent>;
  /** Undefined when the platform has no such app, or is not running and holds nothing. */
  status(target: Target, signal: AbortSignal): Promise<TargetStatus | undefined>;
  /**
   * Gives something each time anything on the platform may have changed, and ends when the platform does. Starts nothing: it ends at once
   * where nothing runs. A platform that can't tell has none.
   */
  changes?(signal: AbortSignal): AsyncIterable<void>;
  logs(
    target: Target,
    options: { readonly tail: boolean; readonly lines: number },
    signal: AbortSignal,
  ): AsyncIterable<string>;
}
