import type { CliContext } from '../../../base/cli';
import { Secret } from '../../../base/secret';
import type { Accounts, Place } from '../../account';

/**
 * The command line's accounts: `SERVICEWRIGHT_TOKEN_<ENVIRONMENT>`, `SERVICEWRIGHT_TOKEN`, then whatever helper git has for credentials
 * (gitcredentials(7)): the keychain, the secret service, a cache. Nothing is kept in files of ours or among arguments.
 */
export function createCliAccounts(context: CliContext): Accounts {
  return {
    async find(place) {
      const said = context.env[variableOf(place.environment)] ?? context.env['SERVICEWRIGHT_TOKEN'];
      if (said !== undefined && said.trim() !== '') return new Secret(said.trim());
      return findToken(place, context);
    },
  };
}

/** `SERVICEWRIGHT_TOKEN_EU_STAGING` for `eu-staging`. */
export const variableOf = (environment: string): string =>
  `SERVICEWRIGHT_TOKEN_${environment.toUpperCase().replaceAll(/[^A-Z0-9]+/g, '_')}`;

async function findToken(place: Place, context: CliContext): Promise<Secret | undefined> {
  const answer = await credential('fill', describe(place), context);
  const password = /^password=(.+)$/m.exec(answer ?? '')?.[1];
  return password === undefined ? undefined : new Secret(password);
}

/** Gives whether a helper kept it. */
export async function keepToken(place: Place, token: Secret, context: CliContext): Promise<boolean> {
  await credential('approve', `${describe(place)}password=${token.reveal()}\n`, context);
  return (await findToken(place, context))?.reveal() === token.reveal();
}

export async function forgetToken(place: Place, context: CliContext): Promise<void> {
  const token = await findToken(place, context);
  if (token) await credential('reject', `${describe(place)}password=${token.reveal()}\n`, context);
}

/** The attributes of git-credential(1). A user of our own keeps them apart from git's for the same host. */
function describe({ origin, platform }: Place): string {
  const [, protocol = 'https', host = ''] = /^([a-z]+):\/\/(.*)$/.exec(origin) ?? [];
  return `protocol=${protocol}\nhost=${host}\nusername=servicewright-${platform}\n`;
}

async function credential(verb: string, input: string, context: CliContext): Promise<string | undefined> {
  if ((await context.processes.find('git')) === undefined) return undefined;
  const home = context.env['HOME'] ?? context.env['USERPROFILE'] ?? '/';
  const line = {
    file: 'git',
    // Away from the service: a repository can name a helper of its own.
    cwd: home,
    args: ['-c', 'core.askPass=', '-c', 'credential.interactive=false', 'credential', verb],
    env: {
      GIT_TERMINAL_PROMPT: '0',
      GIT_ASKPASS: '',
      SSH_ASKPASS: '',
      GCM_INTERACTIVE: 'never',
      GCM_PROVIDER: 'generic',
    },
    input: `${input}\n`,
    mostOutput: 100_000,
  };
  const { exitCode, stdout } = await context.processes.run(line, context.signal);
  return exitCode === 0 ? stdout : undefined;
}
