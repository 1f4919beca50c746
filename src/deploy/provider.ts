import type { Environment } from '../services';
import type { Place, SignIn } from './account';
import type { DeployEvent } from './event';
import type { Release } from './release';

/** Where a service goes. */
export interface Target {
  /** The app's name on the platform. */
  readonly app: string;
  /** The service's name, which images are named after; the app's unless said. */
  readonly service?: string;
  readonly environment: Environment;
  /** Absolute path of the service's root. */
  readonly dir: string;
  /** The path that answers 200 once the service can serve. */
  readonly health?: string;
  /** Its API description, relative to `dir`. */
  readonly spec?: string;
}

/** What a platform can do; hosts ask these instead of the platform's name. What else it can do is a part that it has or has not. */
export interface ProviderCaps {
  /** What is handed over: the files of the tree, or the name of an image that a registry holds. */
  readonly source: 'tree' | 'image';
  /** What cancelling a deploy does: ends it, leaves it running on its own, or nothing. */
  readonly cancel: 'full' | 'detach' | 'none';
  /** Whether a deploy that another process started can be followed from its beginning. */
  readonly attach: boolean;
  readonly rollback: boolean;
  readonly logs: boolean;
  /** Whether it runs the `release:` command of a Procfile; absent where that depends. */
  readonly releaseCommand?: boolean;
  /** Whether a release of one app can be made the release of another one of the same platform. */
  readonly promotes?: boolean;
  /** Whether it takes an image that is named, although it takes trees. */
  readonly images?: boolean;
  /** Whether it is this machine, where trying costs nothing. */
  readonly local?: boolean;
}

export interface Process {
  /** `web.1` */
  readonly name: string;
  /** As the platform calls it, in lower case: `starting`, `up`, `running`, `crashed`, `crash-loop`. */
  readonly state: string;
  /** When it came into that state (ISO 8601), or empty. */
  readonly since: string;
  /** The release that it runs, where the platform tells. */
  readonly release?: number;
  readonly size?: string;
}

export interface TargetStatus {
  /** The address under which the app answers; absent before its first release, and where the platform gives none. */
  readonly url?: string;
  /** The release that runs. */
  readonly release?: number;
  /** The newest release, where it is not the one that runs. */
  readonly newest?: number;
  readonly processes: readonly Process[];
  /** The deploy that is under way now. */
  readonly deploy?: string;
  readonly maintenance?: boolean;
}

/** What the person says of one deploy. */
export interface DeployRequest {
  /** What the release says of itself. */
  readonly message?: string;
  /** The Python program to build with, for platforms that build on this machine. */
  readonly python?: string;
  /** For platforms that take images: the one to run, checked by `plan` and again by `deploy`. */
  readonly image?: string;
  /** Where `caps.promotes` is: the release of another app whose files are to run. */
  readonly from?: { readonly app: string; readonly release: number };
}

/** Something to know before a deploy acts. A `blocker` would make it fail. */
export interface Note {
  readonly level: 'blocker' | 'warning' | 'info';
  readonly code: string;
  readonly message: string;
  /** The places that it is about, one each. */
  readonly details?: readonly string[];
}

/** What a deploy would meet on the platform. Nothing is changed by asking. */
export interface Plan {
  /** The release whose code runs there now. */
  readonly current?: Release;
  /** The newest release of any kind. */
  readonly newest?: number;
  readonly notes: readonly Note[];
}

/** How many processes of one type run, and how large they are. */
export interface Formation {
  readonly type: string;
  readonly quantity: number;
  readonly size: string;
}

/** A change of the formation; what is not said stays. */
export interface ScaleChange {
  readonly type: string;
  readonly quantity?: number;
  readonly size?: string;
}

export interface Scaling {
  /** Sorted by type. */
  formation(target: Target, signal: AbortSignal): Promise<readonly Formation[]>;
  /** Gives the whole formation afterwards. Throws UserError `deploy/no-such-process` before anything is changed. */
  scale(
    target: Target,
    changes: readonly ScaleChange[],
    message: string,
    signal: AbortSignal,
  ): Promise<readonly Formation[]>;
  /** All processes, or the one of that name. */
  restart(target: Target, process: string | undefined, message: string, signal: AbortSignal): Promise<void>;
}

export interface Config {
  /** The variables now, or those of an earlier release. */
  read(
    target: Target,
    release: number | undefined,
    signal: AbortSignal,
  ): Promise<Readonly<Record<string, string>>>;
  /** Sets variables, takes away those that are null, and gives all of them afterwards. It makes a release where the app has one. */
  change(
    target: Target,
    patch: Readonly<Record<string, string | null>>,
    message: string,
    signal: AbortSignal,
  ): Promise<Readonly<Record<string, string>>>;
}

/** What a roll back brings back beside the image. */
export interface RollbackPreview {
  readonly image?: string;
  readonly config: {
    readonly added: readonly string[];
    readonly changed: readonly string[];
    readonly removed: readonly string[];
  };
  /** What is said of quantities and of what else changes; sentences for people. */
  readonly notes: readonly string[];
}

/** What a command that runs once tells: what it prints, and at its end its exit code. */
export type RunEvent =
  | { readonly type: 'out'; readonly stream: 'stdout' | 'stderr'; readonly text: string }
  | { readonly type: 'exit'; readonly code: number };

/** The size of a terminal, in characters. */
export interface TerminalSize {
  readonly columns: number;
  readonly rows: number;
}

/** A command that runs once, with a terminal. */
export interface Terminal {
  /** What the terminal shows, and at its end the exit code where the platform tells it. Who stops reading ends the command. */
  readonly events: AsyncIterable<RunEvent>;
  /** Whether an end without an exit code is one that is not known. */
  readonly tellsExit: boolean;
  /** As it is typed: keys that are no text are their control codes. */
  write(text: string): void;
  /** Does nothing where the platform can't. */
  resize(size: TerminalSize): void;
  /** Hangs up, which ends the command. */
  end(): void;
}

export interface Runs {
  /** The same as `run`, with a terminal. Absent where the platform has no such thing. */
  terminal?(
    target: Target,
    run: { readonly command: string; readonly message: string; readonly size: TerminalSize },
    signal: AbortSignal,
  ): Promise<Terminal>;
  /**
   * The same as `run`, with what it reads from its standard input, and with its exit code. A stream that ends without one is a run whose
   * end is not known. Absent where the platform has no such thing.
   */
  exec?(
    target: Target,
    command: { readonly command: string; readonly input?: string },
    signal: AbortSignal,
  ): AsyncIterable<RunEvent>;
  /** Runs a command once in a process of its own, gives what it prints; ends when it does. */
  run(target: Target, command: string, message: string, signal: AbortSignal): AsyncIterable<string>;
}

export interface Domains {
  /** What has to be done for a change to take effect; a sentence. */
  readonly afterwards?: string;
  list(target: Target, signal: AbortSignal): Promise<readonly string[]>;
  add(target: Target, hostname: string, signal: AbortSignal): Promise<void>;
  remove(target: Target, hostname: string, signal: AbortSignal): Promise<void>;
}

export interface Maintenance {
  /** Gives whether it is kept: some platforms forget it where nothing is released. */
  set(target: Target, on: boolean, message: string, signal: AbortSignal): Promise<boolean>;
}

/**
 * One platform. Every call throws a UserError when the platform can't be reached or refuses, AbortError when `signal` fires.
 * Ending a stream early never ends a deploy; `cancel` does, where the platform has such a thing.
 */
export interface Provider {
  readonly id: string;
  readonly title: string;
  readonly caps: ProviderCaps;
  /** Variables that the platform gives to every process. */
  readonly gives?: readonly string[];
  /** How one signs in, and for which server; absent where nobody has to. */
  readonly account?: SignIn & { place(target: Target): Place };
  /** What the platform would not take in a Procfile, or take otherwise than it reads; sentences without their full stops. */
  procfileFaults?(text: string): readonly string[];
  /** What a deploy would meet. A provider that has nothing to say has none. */
  plan?(target: Target, request: DeployRequest, signal: AbortSignal): Promise<Plan>;
  deploy(target: Target, request: DeployRequest, signal: AbortSignal): AsyncIterable<DeployEvent>;
  /** All events of a deploy from its start, and then those to come; where `caps.attach` is false it ends at once. */
  attach(target: Target, deploy: string, signal: AbortSignal): AsyncIterable<DeployEvent>;
  /** Where `caps.cancel` is `full`; elsewhere it does nothing. */
  cancel(target: Target, deploy: string, signal: AbortSignal): Promise<void>;
  /** Newest first; the newest `most` unless all are asked for. */
  releases(target: Target, signal: AbortSignal, most?: number): Promise<readonly Release[]>;
  /** A new release of what an old one ran. */
  rollback(
    target: Target,
    version: number,
    signal: AbortSignal,
    message?: string,
  ): AsyncIterable<DeployEvent>;
  /** What a roll back changes beside the code; absent where it changes nothing else. */
  previewRollback?(target: Target, version: number, signal: AbortSignal): Promise<RollbackPreview>;
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
  readonly scaling?: Scaling;
  readonly config?: Config;
  readonly runs?: Runs;
  readonly domains?: Domains;
  readonly maintenance?: Maintenance;
}
