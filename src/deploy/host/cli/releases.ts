import type { CliCommand, CliContext, CliInput } from '../../../base/cli';
import { loadService } from '../../../services';
import type { Comparison } from '../../compare';
import { compareReleases } from '../../compare';
import { noEarlierRelease, noSuchRelease } from '../../errors';
import { noNextEnvironment, nothingRuns } from '../../errors/promote';
import { performDeploy } from '../../perform';
import { prepareDeploy } from '../../prepare';
import { processLines } from '../../preflight/procfile';
import { nextEnvironment, promotionWish } from '../../promote';
import type { Release } from '../../release';
import { targetOf } from '../../target';
import type { Chosen, DeployCli } from './common';
import {
  choose,
  confirmed,
  dirOption,
  finish,
  folderOf,
  json,
  messageOption,
  printJson,
  said,
  tellOrStop,
  to,
  watching,
  yes,
} from './common';

export function compareCommand(cli: DeployCli): CliCommand {
  return {
    name: 'compare',
    usage: '<release> [release]',
    summary:
      'Tell what two releases differ in: image, commit, processes, quantities, names of variables. With one, it is compared with the current.',
    positionals: { min: 1, max: 2 },
    options: { to, dir: dirOption, json },
    async run(input, context) {
      const chosen = await choose(cli, input, context, input.text('dir') ?? '.');
      const { target, provider } = chosen;
      const releases = await provider.releases(target, context.signal);
      const [first, second] = input.positionals;
      const one = named(target.app, first ?? '', releases);
      const other =
        second === undefined
          ? releases.find(({ status }) => status === 'current')
          : named(target.app, second, releases);
      if (!other) throw noEarlierRelease(target.app);
      const comparison = await compareReleases(chosen, [one, other], context.processes, context.signal);
      if (input.flag('json')) printJson(context, asJson(comparison, chosen));
      else for (const line of linesOf(comparison)) context.out(`${line}\n`);
      return 0;
    },
  };
}

function named(app: string, text: string, releases: readonly Release[]): Release {
  const found = releases.find(({ version }) => `v${version}` === text || String(version) === text);
  if (!found) throw noSuchRelease(app, text);
  return found;
}

/** Names of variables only: their values are nobody's who compares. */
function asJson({ older, newer, config, commits }: Comparison, { target }: Chosen): unknown {
  return {
    app: target.app,
    environment: target.environment.name,
    older: older.release,
    newer: newer.release,
    config: config ?? null,
    commits: commits ?? null,
  };
}

function linesOf({ older, newer, config, commits }: Comparison): readonly string[] {
  const [a, b] = [older.release, newer.release];
  const field = (name: string, of: (one: Release) => string | undefined): readonly string[] =>
    of(a) === of(b) ? [] : [`${name}: ${of(a) ?? '-'} → ${of(b) ?? '-'}`];
  const names = (what: string, keys: readonly string[] = []): readonly string[] =>
    keys.length === 0 ? [] : [`variables ${what}: ${keys.join(', ')}`];
  return [
    `v${a.version} ${a.description} → v${b.version} ${b.description}`,
    ...field('image', (one) => one.image),
    ...field('commit', (one) => one.commit),
    ...processLines(a.processes ?? {}, b.processes ?? {}).map((line) => `process ${line}`),
    ...field('quantities', quantityText),
    ...names('new', config?.added),
    ...names('with another value', config?.changed),
    ...names('gone', config?.removed),
    ...(config ? [] : ['variables: the platform does not tell them of both']),
    ...(commits ?? []).map((one) => `commit ${one.commit.slice(0, 7)} ${one.subject}`),
  ];
}

const quantityText = ({ quantities }: Release): string | undefined =>
  quantities &&
  Object.entries(quantities)
    .map(([type, n]) => `${type}=${n}`)
    .toSorted()
    .join(' ');

export function promoteCommand(cli: DeployCli): CliCommand {
  return {
    name: 'promote',
    usage: '[dir]',
    summary: 'Deploy the release that runs in one environment to the next one of servicewright.yaml.',
    positionals: { min: 0, max: 1 },
    options: {
      from: {
        type: 'string',
        value: '<environment>',
        description: 'Where it runs now; the first unless said.',
      },
      to: { ...to, description: 'Where it goes; the environment after that one unless said.' },
      message: messageOption,
      yes,
      json,
    },
    async run(input, context) {
      const { from, chosen } = await sidesOf(cli, input, context);
      const release = (await from.provider.releases(from.target, context.signal)).find(
        ({ status }) => status === 'current',
      );
      if (!release) throw nothingRuns(from.target.app, from.target.environment.name);
      const wish = await promotionWish({ from, to: chosen, release }, context.processes, context.signal);
      const message = said(input, 'message');
      const prepared = await prepareDeploy(
        chosen,
        { ...wish, ...(message === undefined ? {} : { message }) },
        { ...context, specs: cli.specs(context) },
        context.signal,
      );
      tellOrStop(prepared.notes, context);
      confirmed(chosen.target, input);
      return finish(await performDeploy(watching(cli, chosen, context), prepared), chosen, input, context);
    },
  };
}

async function sidesOf(
  cli: DeployCli,
  input: CliInput,
  context: CliContext,
): Promise<{ readonly from: Chosen; readonly chosen: Chosen }> {
  const service = await loadService(folderOf(input.positionals[0] ?? '.', context), context.files);
  const providers = cli.providers(context);
  const from = targetOf(service, input.text('from'), providers);
  const { name } = from.target.environment;
  const goal = input.text('to') ?? nextEnvironment(service.environments, name)?.name;
  if (goal === undefined) throw noNextEnvironment(service.name, name);
  return { from, chosen: targetOf(service, goal, providers) };
}
