import type { CliCommand, CliContext } from '../../../base/cli';
import { UserError } from '../../../base/errors';
import { Secret } from '../../../base/secret';
import type { Account, Ask, SignIn, SignInWay } from '../../account';
import { nothingKeepsIt, noWay, needsNoAccount } from '../../errors/account';
import { forgetToken, keepToken } from './accounts';
import type { DeployCli } from './common';
import { choose, json, printJson, to } from './common';

export function loginCommand(cli: DeployCli): CliCommand {
  return {
    name: 'login',
    usage: '[dir]',
    summary: 'Sign in to the server of an environment; git’s credential helper keeps the token.',
    positionals: { min: 0, max: 1 },
    options: {
      to,
      way: {
        type: 'string',
        value: '<way>',
        description:
          'How: github, password or token for Empire, token or password for Heroku; asked unless said.',
      },
      print: {
        type: 'boolean',
        description: 'Print the token instead of keeping it, for SERVICEWRIGHT_TOKEN.',
      },
      json,
    },
    async run(input, context) {
      const { target, provider } = await choose(cli, input, context);
      if (!provider.account) throw needsNoAccount(provider.title);
      const place = provider.account.place(target);
      const way = await chooseWay(provider.account, input.text('way'), context);
      if (way.visit !== undefined)
        context.err(`Open ${place.origin}${way.visit} and copy the token that it shows.`);
      const account = await signIn(provider.account, { place, way }, context);
      const { name, expiresAt } = account;
      const isPrinted = input.flag('print');
      if (!isPrinted && !(await keepToken(place, account.token, context))) throw nothingKeepsIt(place.origin);
      const document = {
        environment: target.environment.name,
        url: place.origin,
        user: name,
        ...(expiresAt === undefined ? {} : { expiresAt }),
        kept: isPrinted ? 'nowhere' : 'git-credential',
      };
      if (input.flag('json'))
        printJson(context, isPrinted ? { ...document, token: account.token.reveal() } : document);
      else if (isPrinted) context.out(`${account.token.reveal()}\n`);
      else
        context.out(
          `Signed in to ${place.origin} as ${name || 'a user without a name'}${expiresAt === undefined ? '' : `, until ${expiresAt}`}.\n`,
        );
      return 0;
    },
  };
}

export function logoutCommand(cli: DeployCli): CliCommand {
  return {
    name: 'logout',
    usage: '[dir]',
    summary: 'Forget the token for the server of an environment.',
    positionals: { min: 0, max: 1 },
    options: { to },
    async run(input, context) {
      const { target, provider } = await choose(cli, input, context);
      if (!provider.account) throw needsNoAccount(provider.title);
      const place = provider.account.place(target);
      await forgetToken(place, context);
      context.out(`Signed out of ${place.origin}.\n`);
      return 0;
    },
  };
}

async function chooseWay(
  { ways }: SignIn,
  wanted: string | undefined,
  context: CliContext,
): Promise<SignInWay> {
  const [only] = ways;
  if (wanted === undefined && ways.length === 1 && only) return only;
  const ids = ways.map((one) => one.id);
  for (const { id, title, description } of wanted === undefined ? ways : [])
    context.err(`  ${id}: ${title}, ${description}`);
  const id = wanted ?? (await context.ask(`Which way (${ids.join(', ')})? `, { isHidden: false }));
  const way = ways.find((one) => one.id === id.trim());
  if (!way) throw noWay(id.trim(), ids);
  return way;
}

async function signIn(
  account: SignIn,
  { place, way }: { readonly place: Parameters<SignIn['signIn']>[0]; readonly way: SignInWay },
  context: CliContext,
): Promise<Account> {
  const answers: Record<string, Secret> = {};
  const put = async (ask: Ask): Promise<void> => {
    const text = await context.ask(`${ask.prompt}: `, { isHidden: ask.isSecret });
    if (text === '') throw new UserError('deploy/sign-in-refused', `Nothing was given for ${ask.prompt}.`);
    answers[ask.name] = new Secret(text);
  };
  for (const ask of way.asks) await put(ask);
  for (;;) {
    const step = await account.signIn(place, way.id, answers, context.signal);
    if (step.kind === 'account') return step.account;
    await put(step.ask);
  }
}
