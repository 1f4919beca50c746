import * as vscode from 'vscode';
import { duration } from '../../../base/text';
import { signalOf } from '../../../platform/vscode/ui';
import type { DeployResult, Progress } from '../../run';
import type { Stage } from '../../stage';
import { stageTitles } from '../../stage';
import type { LogChannels } from './logs';
import type { Choice } from './selection';

interface Listener {
  /** Milliseconds since the epoch. */
  readonly began: number;
  stage(stage: Stage | undefined): void;
}

/** Shows one deploy while it runs: stages with their times in a notification that can cancel it, every line in the channel. */
export function openReport(
  choice: Choice,
  title: string,
  logs: LogChannels,
  listener: Listener,
): { during(work: (progress: Progress) => Promise<DeployResult>): Thenable<DeployResult> } {
  const channel = logs.deploys;
  channel.appendLine(`\n── ${title} · ${new Date(listener.began).toLocaleString()} ──`);
  return {
    during: (work) =>
      vscode.window.withProgress(
        {
          location: vscode.ProgressLocation.Notification,
          title,
          cancellable: choice.provider.caps.cancel === 'full',
        },
        async (notification, token) => {
          const view = createView(notification, listener);
          try {
            return await work(progressInto(view, choice, channel, token));
          } finally {
            view.dispose();
          }
        },
      ),
  };
}

interface View extends vscode.Disposable {
  stage(stage: Stage, state: string): void;
}

/** Keeps the notification's text at the present stage and its seconds. */
function createView(notification: vscode.Progress<{ message?: string }>, listener: Listener): View {
  let now: { readonly stage: Stage; readonly since: number } | undefined;
  const tell = (): void => {
    if (!now) return;
    const seconds = Math.floor((Date.now() - now.since) / 1000);
    notification.report({ message: `${stageTitles[now.stage]} … ${seconds} s` });
  };
  const timer = setInterval(tell, 1000);
  return {
    stage(stage, state) {
      if (state !== 'started') return;
      now = { stage, since: Date.now() };
      listener.stage(stage);
      tell();
    },
    dispose: () => clearInterval(timer),
  };
}

function progressInto(
  view: View,
  choice: Choice,
  channel: vscode.OutputChannel,
  token: vscode.CancellationToken,
): Progress {
  return {
    started(deploy) {
      signalOf(token).addEventListener('abort', () => {
        channel.appendLine('Cancelling …');
        void choice.provider
          .cancel(choice.target, deploy, new AbortController().signal)
          .catch((error: unknown) => channel.appendLine(String(error)));
      });
    },
    stage(stage, state, seconds) {
      view.stage(stage, state);
      if (state === 'started') channel.appendLine(`▸ ${stageTitles[stage]}`);
      else channel.appendLine(`  ${state === 'done' ? '✓' : state} (${duration(seconds)})`);
    },
    line: (line) => channel.appendLine(`  ${line}`),
  };
}
