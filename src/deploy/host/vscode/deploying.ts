import * as vscode from 'vscode';
import type { Fix } from '../../../base/errors';
import { UserError } from '../../../base/errors';
import { parseImage } from '../../image';
import type { Performing } from '../../perform';
import { performDeploy } from '../../perform';
import type { Prepared, Wish } from '../../prepare';
import type { Note } from '../../provider';
import type { DeployResult, Progress } from '../../run';
import { noteLines, together } from '../../task-text';
import { ask } from './ask';
import { look, showCheck, wishOf } from './checking';
import type { Work } from './deployments';
import { tellOutcome } from './outcome';
import type { Parts } from './parts';
import type { Choice } from './selection';
import { signIn } from './sign-in';

/** The button: signs in where nobody is, looks before anything acts, asks what has to be asked, deploys and says how it ended. */
export async function deploy(parts: Parts, choice: Choice): Promise<DeployResult | undefined> {
  return deployWish(parts, choice, wishOf(parts, choice));
}

/** Who else hears of a deploy, beside the channel and the notification: the terminal of a task. */
export interface Watcher {
  readonly progress: Progress;
  /** Cancels the deploy, as far as the platform can. */
  readonly signal: AbortSignal;
  notes(lines: readonly string[]): void;
}

/** The same for something that is said: an image, another message. With a `watcher` the outcome is told to that one alone. */
// oxlint-disable-next-line max-params
export async function deployWish(
  parts: Parts,
  choice: Choice,
  wish: Wish,
  watcher?: Watcher,
): Promise<DeployResult | undefined> {
  if (parts.deployments.running(choice)) {
    parts.logs.deploys.show(true);
    return undefined;
  }
  await vscode.workspace.saveAll(false);
  await ensureSignedIn(parts, choice);
  const prepared = await prepare(parts, choice, wish);
  if (!prepared) return undefined;
  tellNotes(parts, prepared);
  watcher?.notes(noteLines(prepared.notes));
  if (!(await agreed(parts, choice, prepared)) || watcher?.signal.aborted === true) return undefined;
  const { app, environment } = choice.target;
  const title = `Deploying ${app} → ${environment.name}`;
  const work: Work = (on) => performDeploy(watcher ? watched(on, watcher) : on, prepared);
  return watcher ? followQuietly(parts, choice, title, work) : follow(parts, choice, title, work);
}

/** Cancelling asks the platform, where that can be; elsewhere, or before it has a name for the deploy, it only stops watching. */
function watched(on: Performing, { progress, signal }: Watcher): Performing {
  const { provider, target } = on;
  const leaving = new AbortController();
  let deploy: string | undefined;
  const cancel = (): void => {
    if (deploy === undefined || provider.caps.cancel !== 'full') leaving.abort();
    else void provider.cancel(target, deploy, on.signal).catch(() => leaving.abort());
  };
  signal.addEventListener('abort', cancel, { once: true });
  const started: Progress = { started: (name) => void (deploy = name) };
  return {
    ...on,
    signal: AbortSignal.any([on.signal, leaving.signal]),
    progress: together(together(on.progress, progress), started),
  };
}

/** Follows what is done to its end. The result goes to whoever ran the command. */
export async function follow(parts: Parts, choice: Choice, title: string, work: Work): Promise<DeployResult> {
  const result = await followQuietly(parts, choice, title, work);
  // Not awaited: the command is done when the outcome is known, whatever the person does with the message.
  void tellOutcome(parts, choice, result);
  return result;
}

async function followQuietly(parts: Parts, choice: Choice, title: string, work: Work): Promise<DeployResult> {
  await parts.selection.remember(choice);
  return parts.deployments.follow(choice, title, work);
}

async function ensureSignedIn(parts: Parts, choice: Choice): Promise<void> {
  const { account } = choice.provider;
  if (!account) return;
  const { signal } = new AbortController();
  const token = await parts.host.accounts.find(account.place(choice.target), signal);
  if (!token) await signIn(parts, choice);
}

/** Undefined when the person left a question. Throws the UserError of what would stop the deploy. */
async function prepare(parts: Parts, choice: Choice, wish: Wish): Promise<Prepared | undefined> {
  const prepared = await look(parts, choice, wish);
  const blocker = prepared.notes.find((one) => one.level === 'blocker');
  if (!blocker) return prepared;
  if (blocker.code !== 'deploy/no-image') throw asError(blocker, choice);
  const image = await askImage(choice, prepared);
  if (image === undefined) return undefined;
  const again = await look(parts, choice, { ...wish, image });
  const other = again.notes.find((one) => one.level === 'blocker');
  if (other) throw asError(other, choice);
  return again;
}

function asError({ code, message }: Note, { target }: Choice): UserError {
  const args = [vscode.Uri.file(target.dir)];
  const fix: Fix = { kind: 'command', label: 'Sign In', command: 'servicewright.deploy.signIn', args };
  return new UserError(
    `deploy/${code.replace(/^\w+\//, '')}`,
    message,
    code === 'deploy/not-signed-in' ? { fix } : {},
  );
}

function askImage({ target }: Choice, { facts }: Prepared): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: `Deploy ${target.app} → ${target.environment.name}`,
    prompt: 'Which image? With registry: in the environment of servicewright.yaml it is found by itself.',
    placeHolder: `registry/team/${target.app}:${facts.commit?.slice(0, 7) ?? 'tag'}`,
    ignoreFocusOut: true,
    validateInput: (text) =>
      text === '' || parseImage(text) ? undefined : 'Write it as registry/name:tag, in lower case.',
  });
}

/** What was found stands in the channel too, whether or not anybody is asked. */
function tellNotes({ logs }: Parts, { notes }: Prepared): void {
  if (notes.length > 0) logs.deploys.appendLine('');
  for (const { level, message } of notes)
    logs.deploys.appendLine(`${level === 'warning' ? '⚠' : '·'} ${message}`);
}

/** A protected environment asks always, any other but this machine when something is likely not meant. */
async function agreed(parts: Parts, choice: Choice, prepared: Prepared): Promise<boolean> {
  const { target, provider } = choice;
  const { app, environment } = target;
  const isDoubtful = provider.caps.local !== true && prepared.notes.some((one) => one.level === 'warning');
  if (!environment.protected && !isDoubtful) return true;
  const where = environment.url === undefined ? provider.title : `${provider.title} at ${environment.url}`;
  const question = `Deploy ${app} to ${environment.name} (${where})?`;
  const said = await ask(question, ['Deploy', 'Show Details'], detailOf(prepared));
  if (said === 'Show Details') await showCheck(parts, choice, prepared);
  return said === 'Deploy';
}

function detailOf({ request, notes, plan }: Prepared): string {
  return [
    ...(request.image === undefined ? [] : [`Image: ${request.image}`]),
    ...(plan.current
      ? [`Now: v${plan.current.version} ${plan.current.image ?? plan.current.description}`]
      : []),
    ...(request.message === undefined ? [] : [`Message: ${request.message}`]),
    ...notes.map((one) => `${one.level === 'warning' ? '⚠ ' : ''}${one.message}`),
  ].join('\n');
}
