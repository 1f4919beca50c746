import * as vscode from 'vscode';
import { isObject, stringAt } from '../../../base/json';
import { Secret } from '../../../base/secret';
import type { Account, Accounts, Place } from '../../account';
import { parseJson } from '../../providers/lines';

/** The editor's accounts: one for each server, its token in the SecretStorage, and all of them in the editor's own *Accounts* menu. */
export interface EditorAccounts extends Accounts, vscode.Disposable {
  keep(place: Place, account: Account): Promise<void>;
  forget(place: Place): Promise<void>;
  readonly onDidChange: vscode.Event<void>;
}

/** The id of the authentication provider, as the manifest contributes it. */
export const authenticationId = 'servicewright';
const listKey = 'accounts';

interface Kept {
  readonly platform: string;
  readonly origin: string;
  readonly name: string;
  readonly expiresAt?: string;
}

const keyOf = ({ platform, origin }: Pick<Place, 'platform' | 'origin'>): string => `${platform} ${origin}`;

export function createEditorAccounts(secrets: vscode.SecretStorage): EditorAccounts {
  const changed = new vscode.EventEmitter<void>();
  const list = async (): Promise<readonly Kept[]> => readList(await secrets.get(listKey));
  const without = async (key: string): Promise<readonly Kept[]> =>
    (await list()).filter((one) => keyOf(one) !== key);
  const remove = async (key: string): Promise<void> => {
    await secrets.delete(key);
    await secrets.store(listKey, JSON.stringify(await without(key)));
    changed.fire();
  };
  const registered = registerProvider(list, remove, changed.event);
  return {
    async find(place) {
      const token = await secrets.get(keyOf(place));
      return token === undefined ? undefined : new Secret(token);
    },
    async keep(place, { token, name, expiresAt }) {
      const { platform, origin } = place;
      await secrets.store(keyOf(place), token.reveal());
      const kept: Kept = { platform, origin, name, ...(expiresAt === undefined ? {} : { expiresAt }) };
      await secrets.store(listKey, JSON.stringify([kept, ...(await without(keyOf(place)))]));
      changed.fire();
    },
    forget: (place) => remove(keyOf(place)),
    onDidChange: changed.event,
    dispose: () => vscode.Disposable.from(registered, changed).dispose(),
  };
}

/** Shows the accounts in the editor's *Accounts* menu, where one can sign out. */
function registerProvider(
  list: () => Promise<readonly Kept[]>,
  removeSession: (id: string) => Promise<void>,
  changed: vscode.Event<void>,
): vscode.Disposable {
  const sessions = new vscode.EventEmitter<vscode.AuthenticationProviderAuthenticationSessionsChangeEvent>();
  const provider: vscode.AuthenticationProvider = {
    onDidChangeSessions: sessions.event,
    getSessions: async () => (await list()).map(sessionOf),
    // A session needs a server, which only an environment names: *Sign In* makes it.
    createSession: async () => {
      await vscode.commands.executeCommand('servicewright.deploy.signIn');
      const [newest] = (await list()).map(sessionOf);
      if (!newest) throw new Error('Nobody signed in.');
      return newest;
    },
    removeSession,
  };
  return vscode.Disposable.from(
    sessions,
    changed(() => sessions.fire({ added: [], removed: [], changed: [] })),
    vscode.authentication.registerAuthenticationProvider(authenticationId, 'Servicewright', provider, {
      supportsMultipleAccounts: true,
    }),
  );
}

/** What the editor and other extensions see: who and where, and no token. */
function sessionOf({ platform, origin, name }: Kept): vscode.AuthenticationSession {
  const host = origin.replace(/^[a-z]+:\/\//, '');
  const label = name === '' ? host : `${name} on ${host}`;
  const id = keyOf({ platform, origin });
  return { id, accessToken: '', account: { id, label }, scopes: [] };
}

function readList(text: string | undefined): readonly Kept[] {
  const value = parseJson(text ?? '[]');
  if (!Array.isArray(value)) return [];
  return value.map(readOne).filter((one) => one !== undefined);
}

function readOne(value: unknown): Kept | undefined {
  const [platform, origin, name] = ['platform', 'origin', 'name'].map((key) => stringAt(value, key));
  const expiresAt = stringAt(value, 'expiresAt');
  if (!isObject(value) || platform === undefined || origin === undefined) return undefined;
  return { platform, origin, name: name ?? '', ...(expiresAt === undefined ? {} : { expiresAt }) };
}
