import * as vscode from 'vscode';
import type { CommandId } from '../../../base/commands';
import { Secret } from '../../../base/secret';
import { registerCommand } from '../../../platform/vscode/ui';
import { noSuchApp, notTrusted } from '../../errors';
import type { Release } from '../../release';
import {
  copyVariable,
  restart,
  scale,
  setVariable,
  switchEnvironment,
  toggleMaintenance,
  unsetVariable,
} from './changing';
import { showCheck } from './checking';
import { compareConfig, showComparison } from './comparing';
import { editConfig } from './config-files';
import { deploy } from './deploying';
import { addDomain, removeDomain } from './domains';
import { showMenu } from './menu';
import type { Parts } from './parts';
import { promote } from './promoting';
import { rollBack } from './rolling-back';
import { runCommand } from './running';
import type { Choice } from './selection';
import { signIn, signInWith, signOut } from './sign-in';
import type { DeployNode } from './tree';

/** What a command is given: a row of a view, a folder, or nothing. */
type Argument = DeployNode | { readonly dir: vscode.Uri } | vscode.Uri | undefined;
type Act = (choice: Choice, argument: Argument, more: unknown) => Promise<unknown>;

/** Registers `servicewright.deploy.*`. All of them refuse in Restricted Mode. */
export function registerDeployCommands(parts: Parts): vscode.Disposable {
  const { log } = parts.host.world;
  const acts = actsOf(parts);
  const registered = Object.entries(acts).map(([verb, act]) =>
    registerCommand(
      `servicewright.deploy.${verb}` as CommandId,
      log,
      async (argument?: Argument, more?: unknown) => {
        if (!vscode.workspace.isTrusted) throw notTrusted();
        return act(await choiceOf(parts, argument), argument, more);
      },
    ),
  );
  const { logDocuments, deployments } = parts;
  return vscode.Disposable.from(
    ...registered,
    registerCommand('servicewright.deploy.refresh', log, () => deployments.refresh()),
    registerCommand('servicewright.logs.pause', log, () => logDocuments.togglePause()),
    registerCommand('servicewright.logs.resume', log, () => logDocuments.togglePause()),
    registerCommand('servicewright.logs.filter', log, (said?: unknown) =>
      logDocuments.filter(typeof said === 'string' ? said : undefined),
    ),
    registerCommand('servicewright.logs.clear', log, () => logDocuments.clear()),
    registerCommand('servicewright.logs.toEnd', log, () => logDocuments.toEnd()),
  );
}

function actsOf(parts: Parts): Readonly<Record<string, Act>> {
  return {
    start: (choice) => deploy(parts, choice),
    check: (choice) => showCheck(parts, choice),
    menu: (choice) => showMenu(parts, choice),
    openApp: (choice) => openApp(parts, choice),
    showLogs: (choice) => parts.logDocuments.open(choice),
    rollBack: (choice, from) =>
      rollBack(parts, choice, isNode(from) && from.kind === 'release' ? from.release : undefined),
    compareReleases: (choice, from, more) => showComparison(parts, choice, releasesOf(from, more)),
    promote: (choice, from) =>
      promote(parts, choice, isNode(from) && from.kind === 'release' ? from.release : undefined),
    editConfig: (choice) => editConfig(choice),
    compareConfig: (choice) => compareConfig(parts, choice),
    addDomain: (choice) => addDomain(parts, choice),
    removeDomain: async (choice, from) =>
      isNode(from) && from.kind === 'domain' ? removeDomain(parts, choice, from.hostname) : undefined,
    scale: (choice) => scale(parts, choice),
    restart: (choice, from) =>
      restart(parts, choice, isNode(from) && from.kind === 'process' ? from.process.name : undefined),
    maintenance: (choice) => toggleMaintenance(parts, choice),
    runCommand: (choice, _from, given) => runCommand(choice, typeof given === 'string' ? given : undefined),
    switchEnvironment: (choice) => switchEnvironment(parts, choice),
    signIn: (choice, _from, given) =>
      isAnswers(given)
        ? signInWith(parts, choice, { way: given.way, answers: secretsOf(given.answers) })
        : signIn(parts, choice),
    signOut: (choice) => signOut(parts, choice),
    setVariable: (choice, from) =>
      setVariable(parts, choice, isNode(from) && from.kind === 'variable' ? from.key : undefined),
    unsetVariable: async (choice, from) =>
      isNode(from) && from.kind === 'variable' ? unsetVariable(parts, choice, from.key) : undefined,
    copyVariable: async (choice, from) =>
      isNode(from) && from.kind === 'variable' ? copyVariable(choice, from.key) : undefined,
  };
}

const isNode = (argument: Argument): argument is DeployNode =>
  argument !== undefined && !(argument instanceof vscode.Uri) && 'kind' in argument;

/** The releases of the rows that were chosen; the menu gives the row that was clicked and all that are selected. */
function releasesOf(from: Argument, selected: unknown): readonly Release[] {
  const rows = Array.isArray(selected) ? (selected as readonly Argument[]) : [from];
  return rows.filter(isNode).flatMap((one) => (one.kind === 'release' ? [one.release] : []));
}

/** Answers that a program gives instead of a person; none of them comes from a session of the editor. */
interface Answers {
  readonly way: string;
  readonly answers: Readonly<Record<string, string>>;
}

const isAnswers = (value: unknown): value is Answers =>
  typeof value === 'object' && value !== null && 'way' in value && 'answers' in value;

const secretsOf = (answers: Answers['answers']): Record<string, Secret> =>
  Object.fromEntries(Object.entries(answers).map(([name, text]) => [name, new Secret(text)]));

async function choiceOf({ selection }: Parts, argument: Argument): Promise<Choice> {
  if (argument === undefined) return selection.choose();
  if (argument instanceof vscode.Uri) return selection.choose(argument);
  if ('choice' in argument) return argument.choice;
  return selection.choose('dir' in argument ? argument.dir : undefined);
}

async function openApp({ deployments }: Parts, choice: Choice): Promise<void> {
  const url = (await deployments.status(choice))?.url;
  if (url === undefined) throw noSuchApp(choice.target.app);
  await vscode.env.openExternal(vscode.Uri.parse(url));
}
