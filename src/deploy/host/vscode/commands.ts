import * as vscode from 'vscode';
import { registerCommand } from '../../../platform/vscode/ui';
import { noSuchApp, notTrusted, nothingToRollBackTo } from '../../errors';
import type { DeployRequest } from '../../provider';
import type { Release } from '../../release';
import type { DeployResult } from '../../run';
import { tellOutcome } from './outcome';
import type { Parts } from './parts';
import type { Choice } from './selection';
import type { DeployNode } from './tree';

/** What a command is given: a row of a view, a folder, or nothing. */
type Argument = DeployNode | { readonly dir: vscode.Uri } | vscode.Uri | undefined;

/** Registers `servicewright.deploy.*`. All of them refuse in Restricted Mode. */
export function registerDeployCommands(parts: Parts): vscode.Disposable {
  const { log } = parts.host.world;
  const withChoice =
    (act: (choice: Choice, argument: Argument) => Promise<unknown>) =>
    async (argument?: Argument): Promise<unknown> => {
      if (!vscode.workspace.isTrusted) throw notTrusted();
      return act(await choiceOf(parts, argument), argument);
    };
  return vscode.Disposable.from(
    registerCommand(
      'servicewright.deploy.start',
      log,
      withChoice((choice) => deploy(parts, choice)),
    ),
    registerCommand(
      'servicewright.deploy.menu',
      log,
      withChoice((choice) => showMenu(parts, choice)),
    ),
    registerCommand(
      'servicewright.deploy.openApp',
      log,
      withChoice((choice) => openApp(parts, choice)),
    ),
    registerCommand(
      'servicewright.deploy.showLogs',
      log,
      withChoice(async (choice) => parts.logs.follow(choice)),
    ),
    registerCommand(
      'servicewright.deploy.rollBack',
      log,
      withChoice((choice, from) => rollBack(parts, choice, from)),
    ),
    registerCommand('servicewright.deploy.refresh', log, () => parts.deployments.refresh()),
  );
}

async function choiceOf({ selection }: Parts, argument: Argument): Promise<Choice> {
  if (argument === undefined) return selection.choose();
  if (argument instanceof vscode.Uri) return selection.choose(argument);
  if ('choice' in argument) return argument.choice;
  return selection.choose('dir' in argument ? argument.dir : undefined);
}

async function deploy(parts: Parts, choice: Choice): Promise<DeployResult | undefined> {
  if (parts.deployments.running(choice)) {
    parts.logs.deploys.show(true);
    return undefined;
  }
  const { app, environment } = choice.target;
  if (environment.protected && !(await confirm(`Deploy ${app} to ${environment.name}?`, 'Deploy')))
    return undefined;
  await vscode.workspace.saveAll(false);
  const python = parts.host.settings.get('platform.python', choice.service.dir);
  const request: DeployRequest = python === '' ? {} : { python };
  const title = `Deploying ${app} → ${environment.name}`;
  return follow(parts, choice, title, (signal) => choice.provider.deploy(choice.target, request, signal));
}

async function follow(
  parts: Parts,
  choice: Choice,
  title: string,
  start: Parameters<Parts['deployments']['follow']>[2],
): Promise<DeployResult> {
  await parts.selection.remember(choice);
  const result = await parts.deployments.follow(choice, title, start);
  // Not awaited: the command is done when the outcome is known, whatever the person does with the message.
  void tellOutcome(parts, choice, result);
  return result;
}

async function confirm(question: string, yes: string, detail?: string): Promise<boolean> {
  const options = { modal: true, ...(detail === undefined ? {} : { detail }) };
  return (await vscode.window.showWarningMessage(question, options, yes)) === yes;
}

async function openApp({ deployments }: Parts, choice: Choice): Promise<void> {
  const url = (await deployments.status(choice))?.url;
  if (url === undefined) throw noSuchApp(choice.target.app);
  await vscode.env.openExternal(vscode.Uri.parse(url));
}

async function rollBack(parts: Parts, choice: Choice, from: Argument): Promise<DeployResult | undefined> {
  const { app, environment } = choice.target;
  const releases = await choice.provider.releases(choice.target, new AbortController().signal);
  const old = releases.filter((one) => one.status === 'old' && one.eligible);
  const current = releases.find((one) => one.status === 'current');
  if (old.length === 0) throw nothingToRollBackTo(app);
  const named = from !== undefined && 'kind' in from && from.kind === 'release' ? from.release : undefined;
  const release = named ?? (await pickRelease(app, old));
  if (!release) return undefined;
  const detail = `Now: ${describe(current)}\nThen: ${describe(release)}, as a new release.\nThe database stays as it is.`;
  if (
    !(await confirm(`Roll ${app} in ${environment.name} back to v${release.version}?`, 'Roll Back', detail))
  )
    return undefined;
  const title = `Rolling ${app} back to v${release.version}`;
  return follow(parts, choice, title, (signal) =>
    choice.provider.rollback(choice.target, release.version, signal),
  );
}

function describe(release: Release | undefined): string {
  if (!release) return 'no release';
  const commit =
    release.commit === undefined
      ? ''
      : ` (${release.commit.slice(0, 7)}${release.dirty ? ' with local changes' : ''})`;
  return `v${release.version} ${release.description}${commit}, ${new Date(release.createdAt).toLocaleString()}`;
}

async function pickRelease(app: string, releases: readonly Release[]): Promise<Release | undefined> {
  const items = releases.map((release) => ({
    label: `v${release.version}`,
    description: release.description,
    detail: describe(release),
    release,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    placeHolder: `Which release of ${app} shall run again?`,
  });
  return picked?.release;
}

async function showMenu(parts: Parts, choice: Choice): Promise<void> {
  const { app, environment } = choice.target;
  if (parts.deployments.running(choice)) {
    parts.logs.deploys.show(true);
    return;
  }
  const rows = [
    {
      label: '$(rocket) Deploy',
      description: `${app} → ${environment.name}`,
      run: () => deploy(parts, choice),
    },
    {
      label: '$(globe) Open',
      description: 'the running service in a browser',
      run: () => openApp(parts, choice),
    },
    {
      label: '$(output) Logs',
      description: 'of the running service',
      run: async () => parts.logs.follow(choice),
    },
    {
      label: '$(discard) Roll back',
      description: 'to an earlier release',
      run: () => rollBack(parts, choice, undefined),
    },
    { label: '$(list-tree) What the last deploy said', run: async () => parts.logs.deploys.show(true) },
  ];
  const picked = await vscode.window.showQuickPick(rows, { placeHolder: `${app} → ${environment.name}` });
  await picked?.run();
}
