import * as vscode from 'vscode';
import { duration } from '../../../base/text';
import type { DeployResult, Progress } from '../../run';
import type { Stage } from '../../stage';
import { stageTitles } from '../../stage';
import type { LogChannels } from './logs';
import type { Choice } from './selection';

interface Listener {
  /** Milliseconds since the epoch. */
  readonly began: number;
  stage(stage: Stage | undefined): void;
  /** Stops watching; the deploy goes on. */
  leave(): void;
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
          cancellable: choice.provider.caps.cancel !== 'none',
        },
        async (notification, token) => {
          const view = createView(notification, listener);
          const cancel = createCancel(choice, channel, listener);
          token.onCancellationRequested(() => cancel.request());
          try {
            return await work(progressInto(view, cancel, channel));
          } finally {
            cancel.over();
            view.dispose();
          }
        },
      ),
  };
}

interface Cancel {
  /** The platform's name for the deploy is known: it can be asked to stop it. */
  started(deploy: string): void;
  request(): void;
  over(): void;
}

/** Cancelling, as far as the platform can; what it can't is said, and leaving is offered instead. */
function createCancel(choice: Choice, channel: vscode.OutputChannel, listener: Listener): Cancel {
  const { provider, target } = choice;
  let deploy: string | undefined;
  let isAsked = false;
  let isOver = false;
  const stop = (name: string): void => {
    channel.appendLine('Cancelling …');
    void provider
      .cancel(target, name, new AbortController().signal)
      .catch((error: unknown) => channel.appendLine(String(error)));
  };
  const offerToLeave = async (): Promise<void> => {
    const text = `${provider.title} can’t stop the deploy of ${target.app}: it goes on there whatever you do here. Cut off halfway, it may leave a release that nothing runs.`;
    const picked = await vscode.window.showWarningMessage(text, 'Stop Watching', 'Keep Watching');
    if (picked === 'Stop Watching' && !isOver) listener.leave();
  };
  return {
    started(name) {
      deploy = name;
      if (isAsked && provider.caps.cancel === 'full') stop(name);
    },
    request() {
      isAsked = true;
      if (provider.caps.cancel !== 'full') void offerToLeave();
      else if (deploy !== undefined) stop(deploy);
    },
    over() {
      isOver = true;
    },
  };
}

interface View extends vscode.Disposable {
  stage(stage: Stage, state: string): void;
  progress(done: number, total: number): void;
}

const megabyte = 1_000_000;

/** Keeps the notification's text at the present stage and its seconds. */
function createView(notification: vscode.Progress<{ message?: string }>, listener: Listener): View {
  let now: { readonly stage: Stage; readonly since: number } | undefined;
  let amount = '';
  const tell = (): void => {
    if (!now) return;
    const seconds = Math.floor((Date.now() - now.since) / 1000);
    notification.report({ message: `${stageTitles[now.stage]} … ${seconds} s${amount}` });
  };
  const timer = setInterval(tell, 1000);
  return {
    stage(stage, state) {
      if (state !== 'started') return;
      now = { stage, since: Date.now() };
      amount = '';
      listener.stage(stage);
      tell();
    },
    progress(done, total) {
      amount = ` (${(done / megabyte).toFixed(1)} of ${(total / megabyte).toFixed(1)} MB)`;
    },
    dispose: () => clearInterval(timer),
  };
}

function progressInto(view: View, cancel: Cancel, channel: vscode.OutputChannel): Progress {
  return {
    started: (deploy) => cancel.started(deploy),
    stage(stage, state, seconds) {
      view.stage(stage, state);
      if (state === 'started') channel.appendLine(`▸ ${stageTitles[stage]}`);
      else channel.appendLine(`  ${state === 'done' ? '✓' : state} (${duration(seconds)})`);
    },
    line: (line) => channel.appendLine(`  ${line}`),
    progress: (done, total) => view.progress(done, total),
  };
}
