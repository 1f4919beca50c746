import * as vscode from 'vscode';
import { isAbort } from '../../../base/errors';
import type { Log } from '../../../base/log';
import { showError } from '../../../platform/vscode/ui';
import type { Choice } from './selection';

/** The output channels of deploys and of running services. */
export interface LogChannels extends vscode.Disposable {
  /** Everything that deploys say. */
  readonly deploys: vscode.OutputChannel;
  /** Shows the logs of an app and follows them until the channel goes. */
  follow(choice: Choice): void;
}

interface Followed {
  readonly channel: vscode.OutputChannel;
  readonly controller: AbortController;
  following: boolean;
}

const linesAtFirst = 200;

export function createLogChannels(log: Log): LogChannels {
  const deploys = vscode.window.createOutputChannel('Servicewright Deploys');
  const apps = new Map<string, Followed>();
  const open = (choice: Choice): Followed => {
    const name = `${choice.target.app} (${choice.target.environment.name})`;
    const known = apps.get(name);
    if (known) return known;
    const made = {
      channel: vscode.window.createOutputChannel(`Logs: ${name}`),
      controller: new AbortController(),
      following: false,
    };
    apps.set(name, made);
    return made;
  };
  return {
    deploys,
    follow(choice) {
      const app = open(choice);
      app.channel.show(true);
      if (!app.following) void followInto(app, choice, log);
    },
    dispose() {
      for (const { channel, controller } of apps.values()) {
        controller.abort();
        channel.dispose();
      }
      deploys.dispose();
    },
  };
}

async function followInto(app: Followed, { provider, target }: Choice, log: Log): Promise<void> {
  app.following = true;
  app.channel.clear();
  try {
    const lines = provider.logs(target, { tail: true, lines: linesAtFirst }, app.controller.signal);
    for await (const line of lines) app.channel.appendLine(line);
    app.channel.appendLine('— the platform ended the log; run Show Logs to follow again —');
  } catch (error) {
    if (!isAbort(error)) await showError(error, log);
  } finally {
    app.following = false;
  }
}
