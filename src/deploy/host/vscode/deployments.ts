import * as vscode from 'vscode';
import type { Performing } from '../../perform';
import type { TargetStatus } from '../../provider';
import type { DeployResult } from '../../run';
import type { Stage } from '../../stage';
import type { DeployHost } from '../vscode';
import { createChanges } from './changes';
import type { LogChannels } from './logs';
import { openReport } from './report';
import type { Choice } from './selection';

/** A deploy that this window follows now. */
export interface Running {
  readonly stage: Stage | undefined;
  /** When it began, in milliseconds since the epoch. */
  readonly began: number;
}

/** Carries out a deploy or a roll back, or follows one, with what it is given. */
export type Work = (on: Performing) => Promise<DeployResult>;

/** What this window knows of deploys; it asks the platform when somebody looks. */
export interface Deployments extends vscode.Disposable {
  running(choice: Choice): Running | undefined;
  /** The result of the last deploy of this window. */
  last(choice: Choice): DeployResult | undefined;
  /** How a target is; of a platform that tells no changes, what was known a moment ago. */
  status(choice: Choice): Promise<TargetStatus | undefined>;
  /** Does `work` and shows it to its end, with a progress notification. */
  follow(choice: Choice, title: string, work: Work): Promise<DeployResult>;
  refresh(): void;
  /** Anything changed, be it the stage of a deploy. */
  readonly onDidChange: vscode.Event<void>;
  /** What a platform tells may be another now: a deploy began or ended, something was changed. */
  readonly onDidRefresh: vscode.Event<void>;
}

const keyOf = ({ target }: Choice): string => `${target.environment.name}/${target.app}/${target.dir}`;

export function createDeployments(host: DeployHost, logs: LogChannels): Deployments {
  const changed = new vscode.EventEmitter<void>();
  const running = new Map<string, Running>();
  const last = new Map<string, DeployResult>();
  const window = new AbortController();
  const refreshed = new vscode.EventEmitter<void>();
  const changes = createChanges(() => refresh(), host.world.log, window.signal);
  const looks = createLooks(host, window.signal);
  const refresh = (): void => {
    looks.forget();
    changed.fire();
    refreshed.fire();
  };

  const follow: Deployments['follow'] = async (choice, title, work) => {
    const key = keyOf(choice);
    const began = host.world.now().getTime();
    const set = (stage: Stage | undefined): void => {
      running.set(key, { stage, began });
      changed.fire();
    };
    set(undefined);
    refreshed.fire();
    const leaving = new AbortController();
    const report = openReport(choice, title, logs, { began, stage: set, leave: () => leaving.abort() });
    const on = partsOfWork(host, choice, AbortSignal.any([window.signal, leaving.signal]));
    try {
      const result = await report.during((progress) => work({ ...on, progress }));
      last.set(key, result);
      return result;
    } finally {
      running.delete(key);
      refresh();
    }
  };

  return {
    running: (choice) => running.get(keyOf(choice)),
    last: (choice) => last.get(keyOf(choice)),
    async status(choice) {
      if (!vscode.workspace.isTrusted) return undefined;
      const status = await looks.status(choice);
      if (status) changes.follow(choice.provider);
      return status;
    },
    follow,
    refresh,
    onDidChange: changed.event,
    onDidRefresh: refreshed.event,
    dispose() {
      window.abort();
      changed.dispose();
      refreshed.dispose();
    },
  };
}

function partsOfWork(
  host: DeployHost,
  { provider, target }: Choice,
  signal: AbortSignal,
): Omit<Performing, 'progress'> {
  const { world, records, accounts, machine } = host;
  return { provider, target, world, records, accounts, pid: machine.pid, signal };
}

/** How long what a server said stands, in milliseconds: the button is drawn far more often than anything changes. */
const standsFor = 60_000;

interface Looks {
  status(choice: Choice): Promise<TargetStatus | undefined>;
  forget(): void;
}

/** Asks a platform that tells of changes each time, and any other at most once a minute. */
function createLooks({ world }: DeployHost, signal: AbortSignal): Looks {
  const known = new Map<
    string,
    { readonly at: number; readonly status: Promise<TargetStatus | undefined> }
  >();
  return {
    status(choice) {
      const ask = (): Promise<TargetStatus | undefined> => choice.provider.status(choice.target, signal);
      if (choice.provider.changes) return ask();
      const now = world.now().getTime();
      const found = known.get(keyOf(choice));
      if (found && now - found.at < standsFor) return found.status;
      const status = ask();
      // Whoever asked is told; here it is only kept.
      status.catch(() => undefined);
      known.set(keyOf(choice), { at: now, status });
      return status;
    },
    forget: () => known.clear(),
  };
}
