import type { CliContext } from '../../../base/cli';
import { Secret } from '../../../base/secret';
import type { Accounts, Place } from '../../account';

/**
 * The command line's accounts: `SERVICEWRIGHT_TOKEN_<ENVIRONMENT>`, `SERVICEWRIGHT_TOKEN`, for Heroku itself `HEROKU_API_KEY`, then whatever helper git has for credentials
 * (gitcredentials(7)): the keychain, the secret service, a cache. Nothing is kept in files of ours or among arguments.
 */
export function createCliAccounts(context: CliContext): Accounts {
  return {
    async find(place) {
      const said =
        context.env[variableOf(place.environment)] ??
        context.env['SERVICEWRIGHT_TOKEN'] ??
        (isHeroku(place) ? context.env['HEROKU_API_KEY'] : undefined);
      if (said !== undefined && said.trim() !== '') return new Secret(said.trim());
      return findToken(place, context);
    },
  };
}

/** Heroku's own key is for Heroku's own server, whatever else an environment names. */
const isHeroku = ({ platform, origin }: Place): boolean =>
  platform === 'heroku' && origin === 'https://api.heroku.com';

/** Asks for a two-factor code; `SERVICEWRIGHT_TWO_FACTOR` answers where nobody is at the terminal. */
export const askCodeAt =
  (context: CliContext) =>
  async ({ origin }: Place): Promise<Secret | undefined> => {
    const said = context.env['SERVICEWRIGHT_TWO_FACTOR'];
    if (said === undefined && !context.isTerminal) return undefined;
    const code = said ?? (await context.ask(`Two-factor code for ${origin}: `, { isHidden: true }));
    return code.trim() === '' ? undefined : new Secret(code.trim());
  };

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
