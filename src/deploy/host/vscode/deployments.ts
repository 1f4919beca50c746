import * as vscode from 'vscode';
import type { DeployEvent } from '../../event';
import type { TargetStatus } from '../../provider';
import type { DeployResult } from '../../run';
import { runDeploy } from '../../run';
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

/** What this window knows of deploys; it asks the platform when somebody looks. */
export interface Deployments extends vscode.Disposable {
  running(choice: Choice): Running | undefined;
  /** The result of the last deploy of this window. */
  last(choice: Choice): DeployResult | undefined;
  status(choice: Choice): Promise<TargetStatus | undefined>;
  /** Starts what gives events (a deploy or a roll back) and follows it to its end, with a progress notification. */
  follow(
    choice: Choice,
    title: string,
    start: (signal: AbortSignal) => AsyncIterable<DeployEvent>,
  ): Promise<DeployResult>;
  refresh(): void;
  readonly onDidChange: vscode.Event<void>;
}

const keyOf = ({ target }: Choice): string => `${target.environment.name}/${target.app}`;

export function createDeployments(host: DeployHost, logs: LogChannels): Deployments {
  const changed = new vscode.EventEmitter<void>();
  const running = new Map<string, Running>();
  const last = new Map<string, DeployResult>();
  const window = new AbortController();
  const changes = createChanges(() => changed.fire(), host.world.log, window.signal);

  const follow: Deployments['follow'] = async (choice, title, start) => {
    const key = keyOf(choice);
    const began = host.world.now().getTime();
    const set = (stage: Stage | undefined): void => {
      running.set(key, { stage, began });
      changed.fire();
    };
    set(undefined);
    const report = openReport(choice, title, logs, { began, stage: set });
    try {
      const result = await report.during((progress) =>
        runDeploy(start(window.signal), { ...choice, clock: host.world, signal: window.signal }, progress),
      );
      last.set(key, result);
      return result;
    } finally {
      running.delete(key);
      changed.fire();
    }
  };

  return {
    running: (choice) => running.get(keyOf(choice)),
    last: (choice) => last.get(keyOf(choice)),
    async status(choice) {
      if (!vscode.workspace.isTrusted) return undefined;
      const status = await choice.provider.status(choice.target, window.signal);
      if (status) changes.follow(choice.provider);
      return status;
    },
    follow,
    refresh: () => changed.fire(),
    onDidChange: changed.event,
    dispose() {
      window.abort();
      changed.dispose();
    },
  };
}
