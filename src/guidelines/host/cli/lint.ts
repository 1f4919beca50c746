import type { CliCommand, CliContext, CliInput, ExitCode } from '../../../base/cli';
import type { Base } from '../../breaking/base';
import type { Plan } from '../../config/plan';
import { Check } from '../../engine';
import { noSpecMatches, wrongConfiguration } from '../../errors';
import { tally } from '../../report';
import type { FileFindings } from '../../report';
import { severities } from '../../rule';
import type { Spec } from '../../spec';
import { finish } from '../../steps';
import { LazyFinding } from '../../told';
import { baseOf, breakingSince } from './base';
import { writeBaseline } from './baseline';
import type { Opened } from './files';
import { openAll } from './files';
import { mend } from './fix';
import type { Input } from './inputs';
import { absolute, inputsOf } from './inputs';
import type { LintOptions } from './options';
import { lintFlags, readOptions } from './options';
import { Timings } from './timings';

/** One description that was checked. */
export interface Linted extends FileFindings {
  /** Absolute. */
  readonly file: string;
  readonly spec: Spec;
  readonly plan: Plan;
}

async function lint(input: CliInput, context: CliContext): Promise<ExitCode> {
  const options = readOptions(input, context);
  const inputs = await inputsOf(input.positionals, options.stdinName, context);
  if (options.printsConfig) return printConfig(inputs, options, context);
  const timings = options.isTiming ? new Timings() : undefined;
  const checked: Checked[] = [];
  for (const one of await openAll(inputs, options, context))
    checked.push(await lintOne(one, { options, timings, context }));
  // What was mended in one file may have been what was wrong in another.
  const linted = checked.map((one) =>
    options.isFixing ? { ...one.linted, findings: one.check() } : one.linted,
  );
  if (linted.length === 0) throw noSpecMatches(input.positionals.join(' '));
  if (options.writesBaseline) context.err(await writeBaseline(linted, context));
  else for (const piece of options.report(linted)) context.out(piece);
  if (timings !== undefined) context.err(timings.text());
  return options.writesBaseline || !isOver(linted, options) ? 0 : 1;
}

interface Work {
  readonly options: LintOptions;
  readonly timings: Timings | undefined;
  readonly context: CliContext;
}

interface Checked {
  readonly linted: Linted;
  /** Gives the findings as they are by then. */
  readonly check: () => FileFindings['findings'];
}

/** What was found in one file, and is left when it was to be mended. */
async function lintOne(opened: Opened, { options, timings, context }: Work): Promise<Checked> {
  const { path, file, spec, isStdin } = opened;
  context.signal.throwIfAborted();
  const plan = await soundPlan(file, options);
  const reader = isStdin || spec.isPart ? undefined : options.base;
  const base = await baseOf(reader, spec, { file, signal: context.signal });
  spec.notebook.isFinal = !options.isFixing;
  const check = checkOf(opened, { plan, timings, base });
  const linted = { path, file, spec, plan, findings: check() };
  if (options.isFixing) await mend(linted, check, context);
  return { linted, check };
}

interface Means {
  readonly plan: Plan;
  readonly timings: Timings | undefined;
  readonly base: Base | undefined;
}

/** Gives the findings as they are now, each time it is called. */
function checkOf(
  { spec, file, refresh }: Opened,
  { plan, timings, base }: Means,
): () => FileFindings['findings'] {
  const options = plan.optionsFor(file);
  const check = new Check(spec, timings === undefined ? options : { ...options, now: timings.now });
  return () => {
    refresh();
    check.also = breakingSince(base, spec, check);
    const told = finish(check.steps());
    timings?.add(check.costs);
    return told.map((one) => new LazyFinding(one, spec));
  };
}

/** The configuration of a file. Throws a UserError that lists what is wrong with it. */
async function soundPlan(file: string, { configurations }: LintOptions): Promise<Plan> {
  const plan = await configurations.planFor(file);
  const wrong = plan.loaded.problems.filter((one) => one.severity === 'error');
  if (wrong.length > 0) throw wrongConfiguration(wrong);
  return plan;
}

async function printConfig(
  inputs: readonly Input[],
  options: LintOptions,
  context: CliContext,
): Promise<ExitCode> {
  const printed: object[] = [];
  for (const { path } of inputs) {
    const file = absolute(context.cwd, path);
    printed.push({ path, ...(await soundPlan(file, options)).print(file) });
  }
  context.out(`${JSON.stringify({ files: printed }, null, 2)}\n`);
  return 0;
}

function isOver(linted: readonly Linted[], { failOn }: LintOptions): boolean {
  const counts = tally(linted);
  const grave = failOn === undefined ? [] : severities.slice(0, severities.indexOf(failOn) + 1);
  return grave.some((one) => counts[one] > 0);
}

export const lintCommand: CliCommand = {
  name: 'lint',
  usage: '<file|glob>...',
  summary: 'Check OpenAPI and Swagger documents against the API guidelines; - reads stdin.',
  positionals: { min: 1, max: Infinity },
  options: lintFlags,
  run: lint,
};
