import type { CliCommand, CliContext, CliInput } from '../../../base/cli';
import { basename } from '../../../base/paths';
import { count } from '../../../base/text';
import { runActions } from '../../actions';
import type { ActionResult } from '../../actions';
import type { Answers } from '../../answers';
import type { Created, Decision, ServicePlan } from '../../create';
import { createService, planService } from '../../create';
import { conflictingFiles, unknownOption } from '../../errors';
import { gitSays } from '../../git';
import type { FileChange } from '../../plan';
import { withPreset } from '../../presets';
import type { Template } from '../../template';
import { checkTools } from '../../tools';
import { absolute, givenAnswers } from './answers';
import { templateFor } from './sources';

const onConflict = ['refuse', 'keep', 'overwrite'] as const;
type OnConflict = (typeof onConflict)[number];

export const newCommand: CliCommand = {
  name: 'new',
  usage: '<template> <dir>',
  summary: 'Make a new service from a template, whole or not at all.',
  positionals: { min: 2, max: 2 },
  options: {
    set: {
      type: 'string',
      multiple: true,
      value: '<key=value>',
      description: 'Answer one question of the template; several values are parted by commas.',
    },
    preset: { type: 'string', value: '<id>', description: 'Start from the answers of a preset.' },
    answers: {
      type: 'string',
      value: '<file>',
      description: 'Read answers from a YAML or JSON file; - is stdin, the place for secrets.',
    },
    'on-conflict': {
      type: 'string',
      value: `<${onConflict.join('|')}>`,
      description: 'What becomes of files that stand there otherwise; refuse unless said.',
    },
    'skip-tasks': { type: 'boolean', description: "Run none of the template's tasks afterwards." },
    'dry-run': { type: 'boolean', description: 'Say what would be written and write nothing.' },
    json: { type: 'boolean', description: 'Print one JSON document.' },
  },
  async run(input, context) {
    const [id = '', folder = ''] = input.positionals;
    const decide = decisionOf(input);
    const template = await templateFor(id, context);
    const dir = absolute(context.cwd, folder);
    const given = await givenAnswers(input, context, template);
    const answers = named(template, dir, withPreset(template, input.text('preset'), given));
    const telling: Telling = { dir, folder, template, context, decide, given };
    if (input.flag('dry-run')) {
      const plan = await besideTools(telling, () => planService(template, dir, answers, context));
      return dryRun(plan, input, telling);
    }
    const world = { ...context, ...(decide === 'refuse' ? {} : { decide: () => decide }) };
    const made = await besideTools(telling, () => createService(template, dir, answers, world));
    warnOfIgnored(made.ignored, telling);
    if (!input.flag('json')) tellFiles(made.files, telling);
    const onStart = ({ title }: { readonly title: string }): void => context.err(`${title} …\n`);
    const results = await runActions(input.flag('skip-tasks') ? { ...made, actions: [] } : made, template, {
      ...context,
      onStart,
    });
    if (input.flag('json')) tellJson(made, results, telling);
    else tellMade(made, results, telling);
    return 0;
  },
};

interface Telling {
  readonly dir: string;
  /** As it was typed. */
  readonly folder: string;
  readonly template: Template;
  readonly context: CliContext;
  readonly decide: OnConflict;
  /** What was answered in so many words, without a preset. */
  readonly given: Answers;
}

function decisionOf(input: CliInput): OnConflict {
  const said = input.text('on-conflict') ?? 'refuse';
  const known = onConflict.find((one) => one === said);
  if (known === undefined) throw unknownOption('--on-conflict', said, onConflict);
  return known;
}

/** The folder names the service unless something else does. */
function named(template: Template, dir: string, given: Answers): Answers {
  return template.inputs.some((one) => one.key === 'name') ? { name: basename(dir), ...given } : given;
}

/** Does the work while the tools are asked for their versions, which some take long to tell, and then warns of them. */
async function besideTools<T>({ template, context }: Telling, work: () => Promise<T>): Promise<T> {
  const stop = new AbortController();
  const signal = AbortSignal.any([context.signal, stop.signal]);
  const tools = checkTools(template.constraints, { ...context, signal });
  // An interrupt ends it while nobody waits for it yet; whoever waits below is told all the same.
  tools.catch(() => undefined);
  try {
    const done = await work();
    for (const { state, message } of await tools)
      if (state !== 'met') context.err(`Needed later: ${message}\n`);
    return done;
  } catch (error) {
    stop.abort();
    await tools.catch(() => undefined);
    throw error;
  }
}

function warnOfIgnored(keys: readonly string[], { given, context }: Telling): void {
  for (const key of keys.filter((one) => Object.hasOwn(given, one)))
    context.err(`${key} is not asked after the other answers; it was left out.\n`);
}

/** A dry run shows what it found and then ends as the run itself would. */
function dryRun(plan: ServicePlan, input: CliInput, telling: Telling): number {
  const { dir, context, decide } = telling;
  warnOfIgnored(plan.ignored, telling);
  if (input.flag('json')) tellJson(plan, [], telling);
  else {
    tellFiles(plan.files, telling);
    context.out(`A dry run: ${count(plan.files.length, 'file')} for ${dir}, nothing was written.\n`);
  }
  if (plan.obstacle) throw plan.obstacle;
  const conflicts = plan.files.filter((file) => file.kind === 'conflict').map((file) => file.path);
  if (conflicts.length > 0 && decide === 'refuse') throw conflictingFiles(dir, conflicts);
  return 0;
}

interface Row {
  readonly path: string;
  readonly kind: FileChange['kind'];
  readonly decision?: Decision;
}

const listing = (files: readonly FileChange[], decide: OnConflict): readonly Row[] =>
  files.map(({ path, kind }) =>
    kind === 'conflict' && decide !== 'refuse' ? { path, kind, decision: decide } : { path, kind },
  );

function tellJson(
  made: Pick<ServicePlan | Created, 'files'> & Partial<Pick<Created, 'git' | 'byHand'>>,
  results: readonly ActionResult[],
  { dir, template, context, decide }: Telling,
): void {
  const { id, version, next } = template;
  const byHand = [...(made.byHand ?? []), ...manuals(results)];
  const result = {
    dir,
    template: { id, version },
    files: listing(made.files, decide),
    ...(byHand.length === 0 ? {} : { byHand }),
    next,
  };
  context.out(`${JSON.stringify(result, null, 2)}\n`);
  const outcome = made.git?.outcome ?? 'none';
  if (outcome !== 'committed' && outcome !== 'none') context.err(wrote(made.files, dir, outcome));
  tellFailures(results, context);
}

const manuals = (results: readonly ActionResult[]): readonly string[] =>
  results.filter((one) => one.outcome !== 'done').map((one) => one.action.manual);

function tellFailures(results: readonly ActionResult[], context: CliContext): void {
  for (const { action, outcome, lines } of results)
    if (outcome === 'failed')
      context.err(
        `${action.title} failed; the service is there.\n${lines.map((line) => `  ${line}\n`).join('')}`,
      );
}

function wrote(files: readonly FileChange[], dir: string, outcome: Created['git']['outcome']): string {
  const written = files.filter((file) => file.kind !== 'same');
  return `Wrote ${count(written.length, 'file')} to ${dir}, ${gitSays[outcome]}.\n`;
}

function tellFiles(files: readonly FileChange[], { context, decide }: Telling): void {
  const rows = listing(files, decide).map(
    ({ kind, path, decision }) =>
      `  ${kind.padEnd(8)}  ${path}${decision === undefined ? '' : ` (${decision})`}`,
  );
  context.out(`${rows.join('\n')}\n`);
}

function tellMade(made: Created, results: readonly ActionResult[], telling: Telling): void {
  const { dir, folder, template, context } = telling;
  const written = made.files.filter((file) => !made.kept.includes(file.path));
  context.out(wrote(written, dir, made.git.outcome));
  if (made.kept.length > 0)
    context.out(`Kept ${count(made.kept.length, 'file')} as they were: ${made.kept.join(', ')}.\n`);
  tellFailures(results, context);
  const byHand = [...made.byHand, ...manuals(results)];
  if (byHand.length > 0) context.out(`\nBy hand:\n${byHand.map((line) => `  ${line}`).join('\n')}\n`);
  const next = [`cd ${quoted(folder)}`, ...template.next].map((line) => `  ${line}`);
  context.out(`\nNext:\n${next.join('\n')}\n`);
}

/** A path as a shell reads it back. */
function quoted(path: string): string {
  return /^[\w./~+-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
