/** What the flags of `lint` say. */
import type { CliContext, CliInput, CliOption } from '../../../base/cli';
import { RunningFunctions, commandLineLimits } from '../../code/functions';
import type { Configurations as Made } from '../../config/configurations';
import { Configurations } from '../../config/configurations';
import { presetOf } from '../../config/preset-layer';
import { fixesStdin, unknownFailOn, unknownFormat, unknownPreset } from '../../errors';
import type { Pieces } from '../../reports';
import { reports } from '../../reports';
import type { Severity } from '../../rule';
import { presets, severities } from '../../rule';
import type { BaseReader } from '../../breaking/git';
import { baseFlag, baseReaderOf } from './base';
import { absolute, slashed } from './inputs';

export interface LintOptions {
  readonly report: Pieces;
  /** The mildest severity that makes the exit code 1; undefined when none does. */
  readonly failOn: Severity | undefined;
  readonly configurations: Made;
  /** What else is reported is what breaks callers since then. */
  readonly base: BaseReader | undefined;
  readonly stdinName: string;
  readonly isFixing: boolean;
  readonly isTiming: boolean;
  readonly isOffline: boolean;
  readonly printsConfig: boolean;
  readonly writesBaseline: boolean;
}

export const lintFlags: Readonly<Record<string, CliOption>> = {
  format: {
    type: 'string',
    value: `<${Object.keys(reports).join('|')}>`,
    description: 'How findings are printed (text).',
  },
  config: {
    type: 'string',
    value: '<file>',
    description:
      'This configuration for all files; else the nearest .servicewright/guidelines.yaml upward of each.',
  },
  preset: {
    type: 'string',
    value: `<${presets.join('|')}>`,
    description: 'This set of rules for all files, and no configuration.',
  },
  'fail-on': {
    type: 'string',
    value: '<error|warning|info|hint|never>',
    description: 'The mildest severity that makes the exit code 1 (warning).',
  },
  'stdin-filename': {
    type: 'string',
    value: '<file>',
    description: 'What stdin (-) is called: it says which configuration holds.',
  },
  fix: { type: 'boolean', description: 'Mend what can be mended unseen, and print what is left.' },
  'write-baseline': {
    type: 'boolean',
    description:
      'Write all present findings into .servicewright/guidelines-ignore.yaml, so that only new ones count.',
  },
  'print-config': {
    type: 'boolean',
    description: 'Print which rules hold for each file, and check nothing.',
  },
  ...baseFlag,
  'run-functions': {
    type: 'boolean',
    description:
      'Run the JavaScript functions of Spectral rule sets, in a worker with a time limit; only for rule sets that you trust.',
  },
  offline: {
    type: 'boolean',
    description:
      'Fetch nothing: no `$ref` is followed to the web, whatever `refs.urls` of a configuration lists.',
  },
  timings: { type: 'boolean', description: 'Tell on stderr how long each rule took.' },
};

export function readOptions(input: CliInput, context: CliContext): LintOptions {
  const isFixing = input.flag('fix');
  if (isFixing && input.positionals.includes('-')) throw fixesStdin();
  return {
    report: reportOf(input.text('format') ?? 'text'),
    failOn: failOnOf(input.text('fail-on') ?? 'warning'),
    configurations: configurationsOf(input, context),
    base: baseReaderOf(input, context),
    stdinName: slashed(context.cwd, input.text('stdin-filename') ?? '-'),
    isFixing,
    isTiming: input.flag('timings'),
    isOffline: input.flag('offline'),
    printsConfig: input.flag('print-config'),
    writesBaseline: input.flag('write-baseline'),
  };
}

function reportOf(format: string): Pieces {
  const report = Object.hasOwn(reports, format) ? reports[format] : undefined;
  if (report === undefined) throw unknownFormat(format, Object.keys(reports));
  return report;
}

function failOnOf(level: string): Severity | undefined {
  const failOn = severities.find((one) => one === level);
  if (failOn === undefined && level !== 'never') throw unknownFailOn(level);
  return failOn;
}

function configurationsOf(input: CliInput, { cwd, files, code }: CliContext): Made {
  const name = input.text('preset');
  const preset = presetOf(name ?? 'recommended');
  if (preset === undefined) throw unknownPreset(name ?? '', presets);
  const file = input.text('config');
  return new Configurations(files.readText, {
    preset,
    file: file === undefined ? undefined : absolute(cwd, slashed(cwd, file)),
    code: input.flag('run-functions') ? new RunningFunctions(code, commandLineLimits) : 'off',
    isAlone: name !== undefined && file === undefined,
  });
}
