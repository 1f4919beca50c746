import type { CliCommand, CliContext, CliInput, ExitCode } from '../../../base/cli';
import type { Plan } from '../../config/plan';
import { Check } from '../../engine';
import { noSpecMatches, wrongConfiguration } from '../../errors';
import type { FileFindings } from '../../report';
import { severities } from '../../rule';
import type { Spec } from '../../spec';
import { finish } from '../../steps';
import { LazyFinding } from '../../told';
import { Comparisons } from './base';
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
  const linted = await lintAll(await openAll(inputs, options, context), { options, timings, context });
  if (linted.length === 0) throw noSpecMatches(input.positionals.join(' '));
  if (options.writesBaseline) context.err(await writeBaseline(linted, context));
  else await context.print(options.report(linted));
  if (timings !== undefined) context.err(timings.text());
  return options.writesBaseline || !isOver(linted, options) ? 0 : 1;
}

interface Means {
  readonly options: LintOptions;
  readonly timings: Timings | undefined;
  readonly context: CliContext;
}

/** What all files of a run share. */
interface Run {
  readonly comparisons: Comparisons;
  /** The notes on configurations that were given to a file already. */
  readonly told: Set<string>;
}

/** What is found in all files, and is left when they were to be mended. */
async function lintAll(all: readonly Opened[], means: Means): Promise<readonly Linted[]> {
  const { options, context } = means;
  const comparisons = new Comparisons(options.base, context.signal);
  const told = new Set<string>();
  const works: Work[] = [];
  for (const one of all) {
    context.signal.throwIfAborted();
    const work = workOn(one, await soundPlan(one.file, options), { ...means, comparisons, told });
    await comparisons.add(one, work.check);
    works.push(work);
  }
  const linted: Linted[] = [];
  for (const { file, look } of works) {
    context.signal.throwIfAborted();
    const one = { ...file, findings: look() };
    if (options.isFixing) await mend(one, look, context);
    linted.push(one);
  }
  // What was mended in one file may have been what was wrong in another.
  return options.isFixing ? works.map(({ file, look }) => ({ ...file, findings: look() })) : linted;
}

/** One file that is to be checked, and how. */
interface Work {
  readonly file: Omit<Linted, 'findings'>;
  readonly check: Check;
  /** Gives the findings as they are by then. */
  readonly look: () => FileFindings['findings'];
}

function workOn(
  { path, file, spec, refresh }: Opened,
  plan: Plan,
  { options, timings, comparisons, told }: Means & Run,
): Work {
  const all = plan.optionsFor(file, spec.version);
  // What is told of a configuration is told once, in the first file that it holds for.
  const notes = all.notes?.filter(({ id }) => told.size !== told.add(id).size) ?? [];
  const own = { ...all, notes };
  const check = new Check(spec, timings === undefined ? own : { ...own, now: timings.now });
  const look = (): FileFindings['findings'] => {
    spec.notebook.isFinal = !options.isFixing;
    refresh();
    check.also = comparisons.in(spec);
    const found = finish(check.steps());
    timings?.add(check.costs);
    return found.all.map((one) => new LazyFinding(one, spec));
  };
  return { file: { path, file, spec, plan }, check, look };
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
  const grave = failOn === undefined ? [] : severities.slice(0, severities.indexOf(failOn) + 1);
  return linted.some(({ findings }) => findings.some(({ severity }) => grave.includes(severity)));
}

export const lintCommand: CliCommand = {
  name: 'lint',
  usage: '<file|glob>...',
  summary: 'Check OpenAPI and Swagger documents against the API guidelines; - reads stdin.',
  positionals: { min: 1, max: Infinity },
  options: lintFlags,
  run: lint,
};
