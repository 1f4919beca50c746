import type { CliCommand } from '../../../base/cli';
import { offersFrom } from './sources';
import type { Choice, Template, TemplateInput } from '../../template';

export const templatesCommand: CliCommand = {
  name: 'templates',
  usage: '',
  summary: 'List the templates and what they ask.',
  positionals: { min: 0, max: 0 },
  options: {
    from: {
      type: 'string',
      value: '<source>',
      description: 'List those of a folder or of git+https://host/repo.git#ref:folder instead.',
    },
    json: { type: 'boolean', description: 'Print one JSON document.' },
  },
  async run(input, context) {
    const offers = await offersFrom(input.text('from') ?? '', context);
    const templates = offers.flatMap((one) => ('template' in one ? one.template : []));
    for (const one of offers) if ('error' in one) context.err(`error: ${one.error.message}\n`);
    const code = templates.length < offers.length ? 1 : 0;
    if (input.flag('json')) {
      context.out(`${JSON.stringify({ templates: templates.map(describeTemplate) }, null, 2)}\n`);
      return code;
    }
    for (const one of templates) {
      context.out(`${one.id} ${one.version}  ${one.description}\n`);
      if (one.source !== 'bundled') context.out(`  from ${one.source}\n`);
      for (const preset of one.presets) context.out(`  --preset ${preset.id}  ${preset.title}\n`);
      for (const ask of one.inputs) context.out(`  --set ${ask.key}=${valuesOf(ask)}  ${ask.prompt}\n`);
    }
    return code;
  },
};

/** What can stand after `--set key=`. A secret can't. */
function valuesOf(input: TemplateInput): string {
  switch (input.type) {
    case 'boolean':
      return 'true|false';
    case 'choice':
      return input.choices.map((choice) => choice.value).join('|');
    case 'multi-choice':
      return input.choices.map((choice) => choice.value).join(',');
    case 'secret':
      return '(from stdin or the environment)';
    case 'string':
      return '…';
  }
}

/** A template as data, for scripts and other faces. */
function describeTemplate({ id, version, title, description, source, commit, ...rest }: Template): object {
  return {
    id,
    version,
    title,
    description,
    source,
    ...(commit === undefined ? {} : { commit }),
    inputs: rest.inputs.map(describeInput),
    presets: rest.presets,
    constraints: rest.constraints,
  };
}

function describeInput(input: TemplateInput): object {
  const { key, type, title, prompt, when } = input;
  return {
    key,
    type,
    title,
    prompt,
    required: isRequired(input),
    ...(when === undefined ? {} : { when: when.text }),
    ...defaultOf(input),
    ...('choices' in input ? { choices: input.choices.map(describeChoice) } : {}),
    ...(input.type === 'multi-choice' ? { minimum: input.minimum } : {}),
  };
}

/** Whether there must be an answer: nothing stands in for it. */
function isRequired(input: TemplateInput): boolean {
  if (input.type === 'boolean') return false;
  if (input.type === 'multi-choice') return input.default.length < input.minimum;
  return input.type === 'secret' || input.default === undefined;
}

function defaultOf(input: TemplateInput): { readonly default?: unknown } {
  switch (input.type) {
    case 'secret':
      return {};
    case 'boolean':
      return { default: typeof input.default === 'boolean' ? input.default : input.default.text };
    case 'multi-choice':
      return {
        default: input.default.map(({ value, when }) =>
          when === undefined ? value : { value, when: when.text },
        ),
      };
    default:
      return input.default === undefined ? {} : { default: input.default };
  }
}

function describeChoice({ value, title, description, when, reason }: Choice): object {
  return {
    value,
    title,
    ...(description === undefined ? {} : { description }),
    ...(when === undefined ? {} : { when: when.text, reason }),
  };
}
