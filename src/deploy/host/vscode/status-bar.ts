import * as vscode from 'vscode';
import type { CommandId } from '../../../base/commands';
import { messageOf } from '../../../base/errors';
import type { TargetStatus } from '../../provider';
import { stageTitles } from '../../stage';
import type { Running } from './deployments';
import type { Parts } from './parts';
import type { Choice } from './selection';

const menu: CommandId = 'servicewright.deploy.menu';
const start: CommandId = 'servicewright.deploy.start';

/** The button: which service, where to, what runs there, what is happening to it. Hidden where no service is open. */
export function registerStatusBar(parts: Parts): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('servicewright.deploy', vscode.StatusBarAlignment.Left, 10);
  item.name = 'Servicewright: Deploy';
  const draw = (): void => {
    void redraw(item, parts).catch((error: unknown) => {
      parts.host.world.log.warn(`The deploy button could not be drawn: ${messageOf(error)}`);
    });
  };
  const timer = setInterval(() => {
    if (item.text.startsWith('$(sync~spin)')) draw();
  }, 1000);
  draw();
  return vscode.Disposable.from(
    item,
    parts.selection.onDidChange(draw),
    parts.deployments.onDidChange(draw),
    new vscode.Disposable(() => clearInterval(timer)),
  );
}

async function redraw(item: vscode.StatusBarItem, parts: Parts): Promise<void> {
  const choice = parts.host.settings.get('deploy.statusBar') ? await parts.selection.current() : undefined;
  if (!choice) {
    item.hide();
    return;
  }
  const running = parts.deployments.running(choice);
  const status = running ? undefined : await parts.deployments.status(choice);
  Object.assign(item, running ? whileRunning(choice, running) : atRest(choice, status, parts));
  item.accessibilityInformation = {
    label: `Deploy ${item.text.replace(/\$\([^)]*\) ?/g, '')}`,
    role: 'button',
  };
  item.show();
}

interface Face {
  readonly text: string;
  readonly tooltip: vscode.MarkdownString;
  readonly command: string | vscode.Command;
}

/** The command for the very service that the button shows, whatever else is open. */
function about(command: CommandId, { service }: Choice): vscode.Command {
  return { command, title: 'Deploy', arguments: [vscode.Uri.file(service.dir)] };
}

const placeOf = ({ target }: Choice): string => `${target.app} → ${target.environment.name}`;

function whileRunning(choice: Choice, { stage, began }: Running): Face {
  const seconds = Math.floor((Date.now() - began) / 1000);
  const doing = stage === undefined ? 'Deploying' : stageTitles[stage];
  return {
    text: `$(sync~spin) ${choice.target.app}: ${doing} ${seconds} s`,
    tooltip: new vscode.MarkdownString(`**${placeOf(choice)}**\n\nClick to see what the deploy says.`),
    command: about(menu, choice),
  };
}

function atRest(choice: Choice, status: TargetStatus | undefined, parts: Parts): Face {
  if (!vscode.workspace.isTrusted) {
    return {
      text: `$(rocket) ${placeOf(choice)}`,
      tooltip: new vscode.MarkdownString(
        `**${placeOf(choice)}**\n\nNothing is deployed from a folder in Restricted Mode. Click to manage trust.`,
      ),
      command: 'workbench.trust.manage',
    };
  }
  const failed = parts.deployments.last(choice)?.outcome === 'failed';
  const version = status?.release === undefined ? '' : ` v${status.release}`;
  return {
    text: `$(${failed ? 'error' : 'rocket'}) ${placeOf(choice)}${version}`,
    tooltip: tooltipOf(choice, status, failed),
    command: about(status?.release === undefined && !failed ? start : menu, choice),
  };
}

function tooltipOf(choice: Choice, status: TargetStatus | undefined, failed: boolean): vscode.MarkdownString {
  const lines = [`**${placeOf(choice)}** on ${choice.provider.title.toLowerCase()}`];
  if (failed) lines.push('The last deploy failed; the release before goes on.');
  if (status?.release === undefined) lines.push('Not deployed yet. Click to deploy.');
  else {
    lines.push(`v${status.release} at [${status.url ?? ''}](${status.url ?? ''})`);
    lines.push(
      ...status.processes.map((one) => `${one.name}: ${one.state}`),
      'Click for deploy, open, logs, roll back.',
    );
  }
  return new vscode.MarkdownString(lines.join('\n\n'));
}
