import type { CliCommand, CliContext, CliInput } from '../../base/cli';
import { basename, join } from '../../base/paths';
import { count } from '../../base/text';
import type { Answers } from '../answers';
import { createService, planService } from '../create';
import { brokenAnswers, unknownAnswer } from '../errors';
import { parseAnswers } from '../manifest';
import type { FileChange } from '../plan';
import { loadTemplate, loadTemplates } from '../source';
import type { Template } from '../template';

const templatesOf = (context: CliContext): string => join(context.home, 'templates');

async function givenAnswers(input: CliInput, context: CliContext, template: Template): Promise<Answers> {
  const answers: Record<string, string> = {};
  const file = input.text('answers');
  if (file !== undefined) Object.assign(answers, await answersIn(absolute(context, file), context));
  for (const pair of input.list('set')) {
    const cut = pair.indexOf('=');
    if (cut < 1)
      throw unknownAnswer(
        pair,
        template.inputs.map((one) => `${one.key}=…`),
      );
    answers[pair.slice(0, cut)] = pair.slice(cut + 1);
  }
  return answers;
}

async function answersIn(path: string, context: CliContext): Promise<Answers> {
  const text = await context.files.readText(path);
  if (text === undefined) throw brokenAnswers(path, 'there is no such file');
  return parseAnswers(text, path);
}

function absolute(context: CliContext, path: string): string {
  return path.startsWith('/') ? join(path) : join(context.cwd, path);
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
    answers: { type: 'string', value: '<file>', description: 'Read answers from a YAML or JSON file.' },
    'dry-run': { type: 'boolean', description: 'Say what would be written and write nothing.' },
    json: { type: 'boolean', description: 'Print one JSON document.' },
  },
  async run(input, context) {
    const [id = '', folder = ''] = input.positionals;
    const template = await loadTemplate(templatesOf(context), id, context.files);
    const dir = absolute(context, folder);
    const given = await givenAnswers(input, context, template);
    const answers = template.inputs.some((one) => one.key === 'name')
      ? { name: basename(dir), ...given }
      : given;
    const dryRun = input.flag('dry-run');
    const files = dryRun
      ? await planService(template, dir, answers, context.files)
      : (await createService(template, dir, answers, context)).files;
    if (input.flag('json')) {
      const { version } = template;
      const result = { dir, template: { id, version }, files: listing(files), next: template.next };
      context.out(`${JSON.stringify(result, null, 2)}\n`);
      return 0;
    }
    const verb = dryRun ? 'Would write' : 'Wrote';
    context.out(`${files.map((file) => `  ${file.path}`).join('\n')}\n`);
    context.out(`${verb} ${count(files.length, 'file')} to ${dir}\n`);
    if (!dryRun)
      context.out(`\nNext:\n${[`cd ${folder}`, ...template.next].map((line) => `  ${line}`).join('\n')}\n`);
    return 0;
  },
};

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
          required: one.default === undefined,
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
