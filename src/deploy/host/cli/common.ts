import type { CliContext, CliInput, CliOption, ExitCode } from '../../../base/cli';
import type { Fix } from '../../../base/errors';
import { UserError } from '../../../base/errors';
import { join } from '../../../base/paths';
import { duration } from '../../../base/text';
import { loadService } from '../../../services';
import type { Accounts } from '../../account';
import { needsYes } from '../../errors';
import type { Performing } from '../../perform';
import type { SpecChecks } from '../../preflight/checks';
import type { Note, Provider, Target } from '../../provider';
import type { Records } from '../../records';
import type { DeployResult, Progress } from '../../run';
import { stageTitles } from '../../stage';
import type { Providers } from '../../target';
import { targetOf } from '../../target';

/** How the command line reaches platforms; wired in main. */
export interface DeployCli {
  providers(context: CliContext): Providers;
  accounts(context: CliContext): Accounts;
  records(context: CliContext): Records;
  /** How API descriptions are checked before a deploy. */
  specs(context: CliContext): SpecChecks;
  readonly pid: number;
}

export interface Chosen {
  readonly target: Target;
  readonly provider: Provider;
}

export const to: CliOption = {
  type: 'string',
  value: '<environment>',
  description: 'The environment of servicewright.yaml; its first unless said.',
};
export const json: CliOption = { type: 'boolean', description: 'Print one JSON document.' };
export const yes: CliOption = {
  type: 'boolean',
  description: 'Do not ask before a protected environment is changed.',
};
export const dirOption: CliOption = {
  type: 'string',
  value: '<dir>',
  description: "The service's folder; the current one unless said.",
};
export const messageOption: CliOption = {
  type: 'string',
  value: '<text>',
  description: 'What the release says of itself.',
};

/** The absolute path of a folder that was said. */
export const folderOf = (dir: string, { cwd }: CliContext): string =>
  dir.startsWith('/') ? join(dir) : join(cwd, dir);

/** Where the command line points to: its folder is the first argument, or `--dir`. */
export async function choose(
  cli: DeployCli,
  input: CliInput,
  context: CliContext,
  dir = input.positionals[0] ?? '.',
): Promise<Chosen> {
  return targetOf(
    await loadService(folderOf(dir, context), context.files),
    input.text('to'),
    cli.providers(context),
  );
}

/** Throws UserError `deploy/protected` where the environment is protected and nobody said `--yes`. */
export function confirmed({ environment }: Target, input: CliInput): void {
  if (environment.protected && !input.flag('yes')) throw needsYes(environment.name);
}

export const said = (input: CliInput, name: string): string | undefined => {
  const text = input.text(name)?.trim();
  return text === '' ? undefined : text;
};

export function printJson(context: CliContext, value: unknown): void {
  context.out(`${JSON.stringify(value, null, 2)}\n`);
}

const marks: Readonly<Record<Note['level'], string>> = { blocker: 'error', warning: 'warning', info: 'note' };

function tellNotes(notes: readonly Note[], context: CliContext): void {
  for (const { level, message } of notes) context.err(`${marks[level]}: ${message}`);
}

/** Tells what is to be known before anything acts; throws what would make it fail. */
export function tellOrStop(notes: readonly Note[], context: CliContext): void {
  const blocker = notes.find((one) => one.level === 'blocker');
  tellNotes(
    notes.filter((one) => one !== blocker),
    context,
  );
  if (blocker) throw blockedBy(blocker);
}

/** What stops a deploy before it begins is wrong use or configuration. */
function blockedBy({ code, message }: Note): UserError {
  const fix: Fix = { kind: 'hint', label: 'servicewright login --to <environment>' };
  return new UserError(
    `deploy/${code.replace(/^\w+\//, '')}`,
    message,
    code === 'deploy/not-signed-in' ? { fix } : {},
  );
}

/** The same with every place that a note is about. */
export function tellNotesWhole(notes: readonly Note[], context: CliContext): void {
  for (const note of notes) {
    tellNotes([note], context);
    for (const detail of note.details ?? []) context.err(`  ${detail}`);
  }
}

/** What carrying out takes, with Ctrl-C: the first asks the platform to stop, or says why it can't; a second one stops watching. */
export function watching(cli: DeployCli, chosen: Chosen, context: CliContext): Performing {
  const stop = new AbortController();
  let onInterrupt = (): void => stop.abort();
  if (chosen.provider.caps.cancel !== 'full') {
    onInterrupt = () => {
      context.err(
        `${chosen.provider.title} can't stop a deploy: it goes on there, and one that is cut off halfway may leave a release that nothing runs. Press Ctrl-C once more to stop watching.`,
      );
      onInterrupt = () => stop.abort();
    };
  }
  context.onInterrupt(() => onInterrupt());
  const progress: Progress = {
    started(deploy) {
      if (chosen.provider.caps.cancel !== 'full') return;
      onInterrupt = () => {
        context.err('Cancelling …');
        onInterrupt = () => stop.abort();
        void chosen.provider.cancel(chosen.target, deploy, stop.signal).catch(() => stop.abort());
      };
    },
    stage(stage, state, seconds) {
      if (state === 'started') context.err(`▸ ${stageTitles[stage]}`);
      else context.err(`  ${state === 'done' ? '✓' : state} ${duration(seconds)}`);
    },
    line: (line) => context.err(`  ${line}`),
  };
  return {
    ...chosen,
    world: context,
    records: cli.records(context),
    accounts: cli.accounts(context),
    pid: cli.pid,
    signal: stop.signal,
    progress,
  };
}

/** Prints how it ended; the exit code says it too. */
export function finish(
  result: DeployResult,
  { target }: Chosen,
  input: CliInput,
  context: CliContext,
): ExitCode {
  if (input.flag('json')) printJson(context, asJson(result, target));
  else tell(result, target, context);
  return result.outcome === 'live' ? 0 : 1;
}

function tell(result: DeployResult, target: Target, context: CliContext): void {
  if (result.outcome === 'live') {
    const where = result.url === undefined ? `on ${target.environment.name}` : `at ${result.url}`;
    context.out(`${target.app} v${result.release ?? '?'} is live ${where} (${duration(result.seconds)})\n`);
    return;
  }
  for (const line of result.error?.lines ?? []) context.err(`  │ ${line}`);
  context.err(
    `${result.outcome === 'unknown' ? 'unknown' : 'error'}: ${result.error?.message ?? 'The deploy failed.'}`,
  );
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
