import type { CliCommand, CliContext, CliInput } from '../../base/cli';
import { basename, join } from '../../base/paths';
import { count } from '../../base/text';
import type { Answer, Answers } from '../answers';
import type { Created, ServicePlan } from '../create';
import { createService, planService } from '../create';
import { fitAnswer } from '../answers';
import { brokenAnswers, notAnAnswer } from '../errors';
import { gitSays } from '../git';
import { parseAnswers } from '../manifest';
import type { FileChange } from '../plan';
import { loadTemplate, loadTemplates } from '../source';
import type { Template } from '../template';

const templatesOf = (context: CliContext): string => join(context.home, 'templates');

async function givenAnswers(input: CliInput, context: CliContext, template: Template): Promise<Answers> {
  const keys = template.inputs.map((one) => one.key);
  const answers = new Map<string, Answer>();
  const file = input.text('answers');
  if (file !== undefined)
    for (const [key, answer] of Object.entries(await answersIn(file, context))) answers.set(key, answer);
  for (const pair of input.list('set')) {
    const cut = pair.indexOf('=');
    if (cut < 1) throw notAnAnswer(pair, keys);
    answers.set(pair.slice(0, cut), pair.slice(cut + 1));
  }
  return Object.fromEntries(
    [...answers].map(([key, answer]) => {
      const input = template.inputs.find((one) => one.key === key);
      return [key, input ? fitAnswer(input, answer) : answer];
    }),
  );
}

async function answersIn(file: string, context: CliContext): Promise<Answers> {
  if (file === '-') return parseAnswers(await context.stdin(), 'stdin');
  const path = absolute(context.cwd, file);
  const text = await context.files.readText(path);
  if (text === undefined) throw brokenAnswers(path, 'there is no such file');
  return parseAnswers(text, path);
}

/** An absolute path with `/`, as the ports take them; on Windows a drive makes a path absolute. */
function absolute(cwd: string, path: string): string {
  const windows = /^[A-Za-z]:[\\/]/;
  const slashed = (one: string): string => (windows.test(cwd) ? one.replaceAll('\\', '/') : one);
  return path.startsWith('/') || windows.test(path) ? join(slashed(path)) : join(slashed(cwd), slashed(path));
}

const listing = (files: readonly FileChange[]): readonly { path: string; kind: string }[] =>
  files.map(({ path, kind }) => ({ path, kind }));

const newCommand: CliCommand = {
  name: 'new',
  usage: '<template> <dir>',
  summary: 'Make a new service from a template, whole or not at all.',
  positionals: { min: 2, max: 2 },
  options: {
    set: {
      type: 'string',
      multiple: true,
      value: '<key=value>',
      description: 'Answer one question of the template.',
    },
    answers: {
      type: 'string',
      value: '<file>',
      description: 'Read answers from a YAML or JSON file; - is stdin.',
    },
    'dry-run': { type: 'boolean', description: 'Say what would be written and write nothing.' },
    json: { type: 'boolean', description: 'Print one JSON document.' },
  },
  async run(input, context) {
    const [id = '', folder = ''] = input.positionals;
    const template = await loadTemplate(templatesOf(context), id, context.files);
    const dir = absolute(context.cwd, folder);
    const given = await givenAnswers(input, context, template);
    const answers = template.inputs.some((one) => one.key === 'name')
      ? { name: basename(dir), ...given }
      : given;
    const made = input.flag('dry-run')
      ? await planService(template, dir, answers, context)
      : await createService(template, dir, answers, context);
    if (input.flag('json')) tellJson(made, { dir, template }, context);
    else tell(made, { dir, folder, template }, context);
    // A dry run shows what it found and then ends as the run itself would.
    if ('obstacle' in made && made.obstacle) throw made.obstacle;
    return 0;
  },
};

interface Told {
  readonly dir: string;
  readonly template: Template;
}

function tellJson(made: ServicePlan | Created, { dir, template }: Told, context: CliContext): void {
  const { id, version, next } = template;
  const result = { dir, template: { id, version }, files: listing(made.files), next };
  context.out(`${JSON.stringify(result, null, 2)}\n`);
  const usual = !('git' in made) || made.git.outcome === 'committed' || made.git.outcome === 'none';
  if (!usual) context.err(wrote(made, dir));
}

function wrote({ files, git }: Created, dir: string): string {
  return `Wrote ${count(files.length, 'file')} to ${dir}, ${gitSays[git.outcome]}.\n`;
}

function tell(
  made: ServicePlan | Created,
  { dir, folder, template }: Told & { readonly folder: string },
  context: CliContext,
): void {
  const rows = made.files.map(({ kind, path }) => `  ${kind.padEnd(8)}  ${path}`);
  context.out(`${rows.join('\n')}\n`);
  if (!('git' in made)) {
    context.out(`A dry run: ${count(made.files.length, 'file')} for ${dir}, nothing was written.\n`);
    return;
  }
  context.out(wrote(made, dir));
  const next = [`cd ${quoted(folder)}`, ...template.next].map((line) => `  ${line}`);
  context.out(`\nNext:\n${next.join('\n')}\n`);
}

/** A path as a shell reads it back. */
function quoted(path: string): string {
  return /^[\w./~+-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}

const templatesCommand: CliCommand = {
  name: 'templates',
  usage: '',
  summary: 'List the templates and what they ask.',
  positionals: { min: 0, max: 0 },
  options: { json: { type: 'boolean', description: 'Print one JSON document.' } },
  async run(input, context) {
    const templates = await loadTemplates(templatesOf(context), context.files);
    if (input.flag('json')) {
      const rows = templates.map(({ id, version, title, description, inputs }) => ({
        id,
        version,
        title,
        description,
        inputs: inputs.map((one) => ({
          key: one.key,
          title: one.title,
          prompt: one.prompt,
          required: 'default' in one ? one.default === undefined : true,
        })),
      }));
      context.out(`${JSON.stringify({ templates: rows }, null, 2)}\n`);
      return 0;
    }
    for (const one of templates) {
      context.out(`${one.id} ${one.version}  ${one.description}\n`);
      for (const ask of one.inputs) context.out(`  --set ${ask.key}=…  ${ask.prompt}\n`);
    }
    return 0;
  },
};

export const cliCommands: readonly CliCommand[] = [newCommand, templatesCommand];
