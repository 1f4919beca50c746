import type { CliCommand, CliContext, CliInput, ExitCode } from '../../base/cli';
import { messageOf } from '../../base/errors';
import { join } from '../../base/paths';
import type { BaseReader } from '../breaking/git';
import { Check } from '../engine';
import {
  noSuchFile,
  noSuchRule,
  notASpec,
  noSpecMatches,
  nothingMatches,
  unknownFailOn,
  unknownFormat,
  unreadable,
} from '../errors';
import { ruleText } from '../explain';
import { expandGlob, isGlob } from '../glob';
import type { FileFindings } from '../report';
import { jsonReport, tally, textReport } from '../report';
import { allRules } from '../rules/index.gen';
import { specSteps } from '../spec';
import { finish } from '../steps';
import { findingOf } from '../told';
import { baseFlag, baseReaderOf, breakingSince } from './cli/base';

const reports: Readonly<Record<string, (files: readonly FileFindings[]) => string>> = {
  text: textReport,
  json: jsonReport,
};

interface Input {
  /** As it is shown. */
  readonly path: string;
  /** Whether somebody named it, so that it has to be there and to be a description. */
  readonly isNamed: boolean;
}

const fromStdin: Input = { path: '-', isNamed: true };

/** The files that the arguments name, each once, in their order. */
async function inputsOf(args: readonly string[], context: CliContext): Promise<readonly Input[]> {
  const found = new Map<string, Input>();
  for (const arg of args) {
    const inputs = arg === '-' ? [fromStdin] : await filesOf(arg, context);
    for (const input of inputs) if (found.get(input.path)?.isNamed !== true) found.set(input.path, input);
  }
  return [...found.values()];
}

async function filesOf(arg: string, { cwd, files }: CliContext): Promise<readonly Input[]> {
  const path = slashed(cwd, arg);
  // A file may have the name of a glob.
  if (!isGlob(path) || (await files.kind(absolute(cwd, path))) === 'file') return [{ path, isNamed: true }];
  const matched = await expandGlob(path, slashed(cwd, cwd), files);
  if (matched.length === 0) throw nothingMatches(arg);
  return matched.map((one) => ({ path: one, isNamed: false }));
}

/** Windows' way of writing paths, where the working folder is written so; elsewhere a backslash is a letter. */
function slashed(cwd: string, path: string): string {
  return /^[A-Za-z]:[\\/]/.test(cwd) ? path.replaceAll('\\', '/') : path;
}

function absolute(cwd: string, path: string): string {
  return path.startsWith('/') || /^[A-Za-z]:\//.test(path) ? path : join(slashed(cwd, cwd), path);
}

/** Undefined when there is no such file, or no longer. */
async function textOf(input: Input, context: CliContext): Promise<string | undefined> {
  const text = input === fromStdin ? await context.stdin() : await readFile(input.path, context);
  // An editor shows no byte order mark and counts none: positions are to be the same here.
  return text?.startsWith('\uFEFF') === true ? text.slice(1) : text;
}

async function readFile(path: string, { cwd, files }: CliContext): Promise<string | undefined> {
  try {
    return await files.readText(absolute(cwd, path));
  } catch (error) {
    throw unreadable(path, messageOf(error), error);
  }
}

/** What was found in one input; undefined for a file that a glob met and that is no description. */
async function checkOne(
  input: Input,
  base: BaseReader | undefined,
  context: CliContext,
): Promise<FileFindings | undefined> {
  context.signal.throwIfAborted();
  const text = await textOf(input, context);
  if (text === undefined && input.isNamed) throw noSuchFile(input.path);
  const spec = finish(specSteps(text ?? ''));
  if (spec === undefined && input.isNamed) throw notASpec(input.path);
  if (spec === undefined) return undefined;
  const check = new Check(spec);
  if (base !== undefined && input !== fromStdin)
    check.also = await breakingSince(base, spec, { check, path: absolute(context.cwd, input.path), context });
  return { path: input.path, findings: finish(check.steps()).map((one) => findingOf(one, spec)) };
}

interface LintOptions {
  readonly report: (files: readonly FileFindings[]) => string;
  readonly failOn: 'error' | 'warning';
}

function optionsOf(input: CliInput): LintOptions {
  const format = input.text('format') ?? 'text';
  const report = Object.hasOwn(reports, format) ? reports[format] : undefined;
  if (report === undefined) throw unknownFormat(format, Object.keys(reports));
  const failOn = input.text('fail-on') ?? 'warning';
  if (failOn !== 'error' && failOn !== 'warning') throw unknownFailOn(failOn);
  return { report, failOn };
}

async function lint(input: CliInput, context: CliContext): Promise<ExitCode> {
  const { report, failOn } = optionsOf(input);
  const base = baseReaderOf(input, context);
  const checked: FileFindings[] = [];
  for (const one of await inputsOf(input.positionals, context)) {
    const found = await checkOne(one, base, context);
    if (found !== undefined) checked.push(found);
  }
  if (checked.length === 0) throw noSpecMatches(input.positionals.join(' '));
  context.out(report(checked));
  const counts = tally(checked);
  return counts.error > 0 || (failOn === 'warning' && counts.warning > 0) ? 1 : 0;
}

const lintCommand: CliCommand = {
  name: 'lint',
  usage: '<file|glob>...',
  summary: 'Check OpenAPI and Swagger documents against the API guidelines; - reads stdin.',
  positionals: { min: 1, max: Infinity },
  options: {
    format: { type: 'string', value: '<text|json>', description: 'How findings are printed (text).' },
    'fail-on': {
      type: 'string',
      value: '<error|warning>',
      description: 'The mildest severity that makes the exit code 1 (warning).',
    },
    ...baseFlag,
  },
  run: lint,
};

const rulesCommand: CliCommand = {
  name: 'rules',
  usage: '',
  summary: 'List the guideline rules.',
  positionals: { min: 0, max: 0 },
  options: { json: { type: 'boolean', description: 'Print one JSON document.' } },
  run(input, context) {
    const rules = allRules.map(({ id, severity, presets, source, summary, fixable = false }) => ({
      id,
      severity,
      presets,
      source,
      summary,
      fixable,
    }));
    const width = Math.max(...rules.map((rule) => rule.id.length));
    const lines = rules.map(
      (rule) => `${rule.id.padEnd(width)}  ${rule.severity.padEnd(7)}  ${rule.summary}\n`,
    );
    context.out(input.flag('json') ? `${JSON.stringify({ rules }, null, 2)}\n` : lines.join(''));
    return Promise.resolve(0);
  },
};

const explainCommand: CliCommand = {
  name: 'explain',
  usage: '<rule>',
  summary: 'Tell why a guideline rule exists, with a bad and a good example.',
  positionals: { min: 1, max: 1 },
  options: {},
  run(input, context) {
    const [id = ''] = input.positionals;
    const rule = allRules.find((one) => one.id === id);
    if (rule === undefined)
      throw noSuchRule(
        id,
        allRules.map((one) => one.id),
      );
    context.out(ruleText(rule));
    return Promise.resolve(0);
  },
};

/** The guidelines' commands of the command line. */
export const cliCommands: readonly CliCommand[] = [lintCommand, rulesCommand, explainCommand];
