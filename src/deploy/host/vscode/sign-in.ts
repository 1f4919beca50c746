import * as vscode from 'vscode';
import { Secret } from '../../../base/secret';
import type { Account, Ask, Place, SignIn, SignInWay } from '../../account';
import { needsNoAccount } from '../../errors/account';
import type { Parts } from './parts';
import type { Choice } from './selection';

const left = (): Error => new DOMException('left', 'AbortError');

/** Signs in to the server of an environment: picks a way, asks, keeps the token in the SecretStorage. Gives who it is. */
export async function signIn(parts: Parts, choice: Choice): Promise<string> {
  const { account, place } = accountOf(choice);
  const way = await pickWay(account, place);
  const answers = await firstAnswers(way, place);
  const name = await signInWith(parts, choice, { way: way.id, answers });
  void vscode.window.showInformationMessage(
    `Signed in to ${place.origin}${name === '' ? '' : ` as ${name}`}.`,
  );
  return name;
}

/** The same with answers that are known; what is still missing is asked for. */
export async function signInWith(
  { host }: Parts,
  choice: Choice,
  { way, answers }: { readonly way: string; readonly answers: Record<string, Secret> },
): Promise<string> {
  const { account, place } = accountOf(choice);
  const found = await exchange(account, { place, way, answers });
  await host.accounts.keep(place, found);
  return found.name;
}

/** Forgets the token for the server of an environment. */
export async function signOut({ host }: Parts, choice: Choice): Promise<void> {
  const { place } = accountOf(choice);
  await host.accounts.forget(place);
  void vscode.window.showInformationMessage(`Signed out of ${place.origin}.`);
}

function accountOf({ provider, target }: Choice): { readonly account: SignIn; readonly place: Place } {
  const { account } = provider;
  if (!account) throw needsNoAccount(provider.title);
  return { account, place: account.place(target) };
}

async function pickWay({ ways }: SignIn, place: Place): Promise<SignInWay> {
  const items = ways.map((way) => ({ label: way.title, description: way.description, way }));
  const picked = await vscode.window.showQuickPick(items, {
    title: `Sign In to ${place.origin}`,
    placeHolder: `How do you sign in to ${place.origin}?`,
    ignoreFocusOut: true,
  });
  if (!picked) throw left();
  return picked.way;
}

async function firstAnswers(way: SignInWay, place: Place): Promise<Record<string, Secret>> {
  const answers: Record<string, Secret> = {};
  const { session } = way;
  if (session) {
    // The file that names the server may come from anybody, and it gets the token.
    const question = `Send the token of your ${way.title} account to ${place.origin}?`;
    const detail = `It is the server of the environment ${place.environment} in servicewright.yaml. It can act as you on ${way.title}, within ${session.scopes.join(', ')}.`;
    if ((await vscode.window.showWarningMessage(question, { modal: true, detail }, 'Send')) !== 'Send')
      throw left();
    const got = await vscode.authentication.getSession(session.provider, session.scopes, {
      createIfNone: true,
    });
    answers[session.answers] = new Secret(got.accessToken);
  }
  if (way.visit !== undefined) await vscode.env.openExternal(vscode.Uri.parse(place.origin + way.visit));
  for (const ask of way.asks) answers[ask.name] ??= await answerOf(ask, place);
  return answers;
}

async function answerOf(ask: Ask, place: Place): Promise<Secret> {
  const text = await vscode.window.showInputBox({
    title: `Sign In to ${place.origin}`,
    prompt: ask.prompt,
    password: ask.isSecret,
    ignoreFocusOut: true,
  });
  if (text === undefined || text === '') throw left();
  return new Secret(text);
}

async function exchange(
  account: SignIn,
  asked: { readonly place: Place; readonly way: string; readonly answers: Record<string, Secret> },
): Promise<Account> {
  const { place, way, answers } = asked;
  for (;;) {
    const step = await account.signIn(place, way, answers, new AbortController().signal);
    if (step.kind === 'account') return step.account;
    answers[step.ask.name] = await answerOf(step.ask, place);
  }
}
