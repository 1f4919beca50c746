import * as vscode from 'vscode';
import type { CommandId } from '../../../base/commands';
import { messageOf } from '../../../base/errors';
import type { Outcome } from '../../event';
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
  const look = running ? {} : await lookAt(choice, parts);
  Object.assign(item, running ? whileRunning(choice, running) : atRest(choice, look, parts));
  item.accessibilityInformation = {
    label: `Deploy ${item.text.replace(/\$\([^)]*\) ?/g, '')}`,
    role: 'button',
  };
  item.show();
}

/** How a target is, or why that is not known. */
interface Look {
  readonly status?: TargetStatus | undefined;
  readonly problem?: string;
}

async function lookAt(choice: Choice, { deployments }: Parts): Promise<Look> {
  try {
    return { status: await deployments.status(choice) };
  } catch (error) {
    return { problem: messageOf(error) };
  }
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

const icons = { live: 'rocket', failed: 'error', unknown: 'question' } as const;

function atRest(choice: Choice, { status, problem }: Look, parts: Parts): Face {
  if (!vscode.workspace.isTrusted) {
    return {
      text: `$(rocket) ${placeOf(choice)}`,
      tooltip: new vscode.MarkdownString(
        `**${placeOf(choice)}**\n\nNothing is deployed from a folder in Restricted Mode. Click to manage trust.`,
      ),
      command: 'workbench.trust.manage',
    };
  }
  const outcome = parts.deployments.last(choice)?.outcome ?? 'live';
  const version = status?.release === undefined ? '' : ` v${status.release}`;
  return {
    text: `$(${icons[outcome]}) ${placeOf(choice)}${version}`,
    tooltip: tooltipOf(choice, { status, ...(problem === undefined ? {} : { problem }) }, outcome),
    command: about(status?.release === undefined && outcome === 'live' ? start : menu, choice),
  };
}

const endings: Readonly<Record<Outcome, readonly string[]>> = {
  live: [],
  failed: ['The last deploy failed; the release before goes on.'],
  unknown: ['It is not known how the last deploy ended; its log tells what is.'],
};

function tooltipOf(choice: Choice, { status, problem }: Look, outcome: Outcome): vscode.MarkdownString {
  const { target, provider } = choice;
  const where = target.environment.url === undefined ? '' : ` at ${target.environment.url}`;
  const lines = [
    `**${placeOf(choice)}** on ${provider.title.replace(/^This/, 'this')}${where}`,
    ...endings[outcome],
  ];
  if (problem !== undefined) lines.push(problem);
  else if (status?.release === undefined) lines.push('Not deployed yet. Click to deploy.');
  else lines.push(...statusLines(status), 'Click for deploy, open, logs, roll back.');
  return new vscode.MarkdownString(lines.join('\n\n'));
}

function statusLines({ release, newest, url, processes }: TargetStatus): readonly string[] {
  return [
    url === undefined ? `v${release}` : `v${release} at [${url}](${url})`,
    ...(newest === undefined ? [] : [`v${newest} is newer and does not run.`]),
    ...processes.map((one) => `${one.name}: ${one.state}`),
  ];
}
