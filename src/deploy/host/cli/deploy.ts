import type { CliCommand, CliContext, CliInput, ExitCode } from '../../../base/cli';
import { noSuchRelease, nothingToRollBackTo } from '../../errors';
import { performDeploy, performRollback } from '../../perform';
import type { Prepared, Wish } from '../../prepare';
import { prepareDeploy } from '../../prepare';
import { previewLines } from '../../preview';
import type { Release } from '../../release';
import type { Chosen, DeployCli } from './common';
import {
  choose,
  confirmed,
  dirOption,
  finish,
  json,
  messageOption,
  printJson,
  said,
  tellNotesWhole,
  tellOrStop,
  to,
  watching,
  yes,
} from './common';

const dryRun = { type: 'boolean', description: 'Say what would happen and change nothing.' } as const;

export function deployCommand(cli: DeployCli): CliCommand {
  return {
    name: 'deploy',
    usage: '[dir]',
    summary: 'Deploy a service and wait until it answers.',
    positionals: { min: 0, max: 1 },
    options: {
      to,
      image: {
        type: 'string',
        value: '<image>',
        description:
          'The image to run; the one of the last commit in the registry of the environment unless said.',
      },
      build: {
        type: 'boolean',
        description: 'Build and push the image here with docker, instead of taking the one of CI.',
      },
      message: messageOption,
      'dry-run': dryRun,
      yes,
      json,
    },
    async run(input, context) {
      const chosen = await choose(cli, input, context);
      const prepared = await prepareDeploy(
        chosen,
        wishOf(input),
        { ...context, specs: cli.specs(context) },
        context.signal,
      );
      if (input.flag('dry-run')) return tellPlan(prepared, chosen, input, context);
      tellOrStop(prepared.notes, context);
      confirmed(chosen.target, input);
      const result = await performDeploy(watching(cli, chosen, context), prepared);
      return finish(result, chosen, input, context);
    },
  };
}

function wishOf(input: CliInput): Wish {
  const [image, message] = [said(input, 'image'), said(input, 'message')];
  return {
    build: input.flag('build'),
    ...(image === undefined ? {} : { image }),
    ...(message === undefined ? {} : { message }),
  };
}

function tellPlan(
  prepared: Prepared,
  { target, provider }: Chosen,
  input: CliInput,
  context: CliContext,
): ExitCode {
  const { request, notes, plan, commits, facts } = prepared;
  tellNotesWhole(notes, context);
  const isBlocked = notes.some((one) => one.level === 'blocker');
  if (input.flag('json'))
    printJson(context, {
      environment: target.environment.name,
      platform: provider.id,
      app: target.app,
      image: request.image ?? null,
      message: request.message ?? null,
      commit: facts.commit ?? null,
      dirty: facts.dirty,
      current: plan.current ?? null,
      commits: commits ?? null,
      notes,
    });
  else
    context.out(
      `Would deploy ${request.image ?? target.dir} to ${target.app} in ${target.environment.name}${plan.current ? `, where v${plan.current.version} runs` : ''}.\n`,
    );
  return isBlocked ? 1 : 0;
}

export function rollbackCommand(cli: DeployCli): CliCommand {
  return {
    name: 'rollback',
    usage: '[release]',
    summary: 'Make an earlier release the running one; the one before the current unless said (v3).',
    positionals: { min: 0, max: 1 },
    options: { to, dir: dirOption, message: messageOption, 'dry-run': dryRun, yes, json },
    async run(input, context) {
      const chosen = await choose(cli, input, context, input.text('dir') ?? '.');
      const { target, provider } = chosen;
      const isDry = input.flag('dry-run');
      if (!isDry) confirmed(target, input);
      const releases = await provider.releases(target, context.signal);
      const version = releaseToRollBackTo(target.app, input.positionals[0], releases);
      const preview = await provider.previewRollback?.(target, version, context.signal);
      if (preview) for (const line of previewLines(version, preview)) context.err(line);
      if (isDry) {
        if (input.flag('json'))
          printJson(context, { environment: target.environment.name, release: version, ...preview });
        return 0;
      }
      const message = said(input, 'message');
      const before = releases[0]?.version;
      const result = await performRollback(watching(cli, chosen, context), {
        version,
        ...(message === undefined ? {} : { message }),
        ...(before === undefined ? {} : { before }),
      });
      return finish(result, chosen, input, context);
    },
  };
}

function releaseToRollBackTo(app: string, wanted: string | undefined, releases: readonly Release[]): number {
  const old = releases.filter((one) => one.status === 'old' && one.eligible);
  if (wanted === undefined) {
    const [newest] = old;
    if (!newest) throw nothingToRollBackTo(app);
    return newest.version;
  }
  const named = old.find((one) => `v${one.version}` === wanted || String(one.version) === wanted);
  if (!named) throw noSuchRelease(app, wanted);
  return named.version;
}
