import type { CliCommand, CliContext, CliInput, CliOption, ExitCode } from '../../base/cli';
import { join } from '../../base/paths';
import { duration } from '../../base/text';
import { loadService } from '../../services';
import { needsYes, noSuchApp, noSuchRelease, nothingToRollBackTo } from '../errors';
import type { DeployEvent } from '../event';
import type { Provider, Target } from '../provider';
import type { Release } from '../release';
import type { DeployResult, Progress } from '../run';
import { runDeploy } from '../run';
import { stageTitles } from '../stage';
import type { Providers } from '../target';
import { targetOf } from '../target';

interface Chosen {
  readonly target: Target;
  readonly provider: Provider;
}

const to: CliOption = {
  type: 'string',
  value: '<environment>',
  description: 'The environment of servicewright.yaml; its first unless said.',
};
const json: CliOption = { type: 'boolean', description: 'Print one JSON document.' };
const yes: CliOption = {
  type: 'boolean',
  description: 'Do not ask before a protected environment is changed.',
};

/** The commands that speak to a platform; `providersFor` wires them to this machine. */
export function deployCommands(providersFor: (context: CliContext) => Providers): readonly CliCommand[] {
  const choose = async (
    input: CliInput,
    context: CliContext,
    dir = input.positionals[0] ?? '.',
  ): Promise<Chosen> => {
    const path = dir.startsWith('/') ? join(dir) : join(context.cwd, dir);
    return targetOf(await loadService(path, context.files), input.text('to'), providersFor(context));
  };
  return [
    deployCommand(choose),
    releasesCommand(choose),
    rollbackCommand(choose),
    psCommand(choose),
    logsCommand(choose),
  ];
}

type Choose = (input: CliInput, context: CliContext, dir?: string) => Promise<Chosen>;

function deployCommand(choose: Choose): CliCommand {
  return {
    name: 'deploy',
    usage: '[dir]',
    summary: 'Deploy a service and wait until it answers.',
    positionals: { min: 0, max: 1 },
    options: {
      to,
      message: { type: 'string', value: '<text>', description: 'What the release says of itself.' },
      yes,
      json,
    },
    async run(input, context) {
      const chosen = await choose(input, context);
      confirmed(chosen.target, input);
      const message = input.text('message');
      const request = message === undefined ? {} : { message };
      const result = await watch(
        (signal) => chosen.provider.deploy(chosen.target, request, signal),
        chosen,
        context,
      );
      return finish(result, chosen, input, context);
    },
  };
}

function confirmed({ environment }: Target, input: CliInput): void {
  if (environment.protected && !input.flag('yes')) throw needsYes(environment.name);
}

/** Follows a deploy. The first Ctrl-C cancels it on the platform and waits for its end; a second one stops watching. */
async function watch(
  start: (signal: AbortSignal) => AsyncIterable<DeployEvent>,
  chosen: Chosen,
  context: CliContext,
): Promise<DeployResult> {
  const watching = new AbortController();
  let cancel = (): void => watching.abort();
  context.signal.addEventListener('abort', () => cancel());
  const progress: Progress = {
    started(deploy) {
      cancel = () => {
        context.err('Cancelling …');
        void chosen.provider.cancel(chosen.target, deploy, watching.signal).catch(() => watching.abort());
      };
    },
    stage(stage, state, seconds) {
      if (state === 'started') context.err(`▸ ${stageTitles[stage]}`);
      else context.err(`  ${state === 'done' ? '✓' : state} ${duration(seconds)}`);
    },
    line: (line) => context.err(`  ${line}`),
  };
  const { signal } = watching;
  return runDeploy(start(signal), { ...chosen, clock: context, signal }, progress);
}

function finish(result: DeployResult, { target }: Chosen, input: CliInput, context: CliContext): ExitCode {
  if (input.flag('json')) context.out(`${JSON.stringify(asJson(result, target), null, 2)}\n`);
  else tell(result, target, context);
  return result.outcome === 'live' ? 0 : 1;
}

function tell(result: DeployResult, target: Target, context: CliContext): void {
  if (result.outcome === 'live') {
    context.out(
      `${target.app} v${result.release ?? '?'} is live at ${result.url ?? ''} (${duration(result.seconds)})\n`,
    );
    return;
  }
  for (const line of result.error?.lines ?? []) context.err(`  │ ${line}`);
  context.err(`error: ${result.error?.message ?? 'The deploy failed.'}`);
  if (result.error?.fix) context.err(`hint: ${result.error.fix.label}`);
}

function asJson(result: DeployResult, target: Target): unknown {
  const { outcome, release, url, stages, error } = result;
  return {
    outcome,
    environment: target.environment.name,
    release: release ?? null,
    ...(url === undefined ? {} : { url }),
    stages,
    ...(error
      ? {
          error: { code: error.code, message: error.message, ...(error.fix ? { fix: error.fix.label } : {}) },
        }
      : {}),
  };
}

function releasesCommand(choose: Choose): CliCommand {
  return {
    name: 'releases',
    usage: '[dir]',
    summary: 'List the releases of a service, newest first.',
    positionals: { min: 0, max: 1 },
    options: { to, json },
    async run(input, context) {
      const { target, provider } = await choose(input, context);
      const releases = await provider.releases(target, context.signal);
      if (input.flag('json'))
        context.out(
          `${JSON.stringify({ app: target.app, environment: target.environment.name, releases }, null, 2)}\n`,
        );
      else for (const one of releases) context.out(`${row(one)}\n`);
      return 0;
    },
  };
}

function row(release: Release): string {
  const commit =
    release.commit === undefined ? '' : `${release.commit.slice(0, 7)}${release.dirty ? '+' : ''}`;
  return [
    `v${release.version}`.padEnd(5),
    release.status.padEnd(8),
    release.createdAt,
    commit.padEnd(8),
    release.description,
  ].join(' ');
}

function rollbackCommand(choose: Choose): CliCommand {
  return {
    name: 'rollback',
    usage: '[release]',
    summary: 'Make an earlier release the running one; the one before the current unless said (v3).',
    positionals: { min: 0, max: 1 },
    options: {
      to,
      dir: {
        type: 'string',
        value: '<dir>',
        description: "The service's folder; the current one unless said.",
      },
      yes,
      json,
    },
    async run(input, context) {
      const chosen = await choose(input, context, input.text('dir') ?? '.');
      confirmed(chosen.target, input);
      const releases = await chosen.provider.releases(chosen.target, context.signal);
      const version = releaseToRollBackTo(chosen.target.app, input.positionals[0], releases);
      const result = await watch(
        (signal) => chosen.provider.rollback(chosen.target, version, signal),
        chosen,
        context,
      );
      return finish(result, chosen, input, context);
    },
  };
}

function releaseToRollBackTo(app: string, said: string | undefined, releases: readonly Release[]): number {
  const old = releases.filter((one) => one.status === 'old' && one.eligible);
  if (said === undefined) {
    const [newest] = old;
    if (!newest) throw nothingToRollBackTo(app);
    return newest.version;
  }
  const named = old.find((one) => `v${one.version}` === said || String(one.version) === said);
  if (!named) throw noSuchRelease(app, said);
  return named.version;
}

function psCommand(choose: Choose): CliCommand {
  return {
    name: 'ps',
    usage: '[dir]',
    summary: 'Show the processes of a service.',
    positionals: { min: 0, max: 1 },
    options: { to, json },
    async run(input, context) {
      const { target, provider } = await choose(input, context);
      const status = await provider.status(target, context.signal);
      if (input.flag('json')) {
        context.out(
          `${JSON.stringify({ app: target.app, environment: target.environment.name, ...(status ?? { processes: [] }) }, null, 2)}\n`,
        );
        return 0;
      }
      if (!status) throw noSuchApp(target.app);
      context.out(`${target.app} v${status.release ?? '-'} ${status.url ?? ''}\n`);
      for (const one of status.processes) context.out(`  ${one.name}  ${one.state}  ${one.since}\n`);
      return 0;
    },
  };
}

function logsCommand(choose: Choose): CliCommand {
  return {
    name: 'logs',
    usage: '[dir]',
    summary: 'Print the last lines of a service’s log.',
    positionals: { min: 0, max: 1 },
    options: {
      to,
      tail: { type: 'boolean', description: 'Go on with new lines as they come.' },
      lines: { type: 'string', value: '<n>', description: 'How many lines of the past; 100 unless said.' },
    },
    async run(input, context) {
      const { target, provider } = await choose(input, context);
      const lines = Math.max(0, Math.trunc(Number(input.text('lines') ?? '100')) || 0);
      for await (const line of provider.logs(target, { tail: input.flag('tail'), lines }, context.signal))
        context.out(`${line}\n`);
      return 0;
    },
  };
}
