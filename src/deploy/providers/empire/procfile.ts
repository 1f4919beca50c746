import type { ProcfileEntry, Setting } from './procfile-yaml';
import { readProcfileYaml } from './procfile-yaml';

/**
 * What Empire would make of a Procfile: it is YAML, of one of two forms, `type: command` or `type:` with settings below
 * (procfile/procfile.go), and a command is split into words and started without a shell (processes.go, scheduler/docker).
 * Gives sentences without full stops, in the order of the file.
 */
export function procfileFaults(text: string): readonly string[] {
  const found = readProcfileYaml(text) ?? [];
  if ('brokenAt' in found)
    return [
      `line ${found.brokenAt}: as YAML it can't be read; put a command with colons or brackets in quotes`,
    ];
  if (found.length === 0) return ['it names no process to run'];
  const forms = new Set(found.map(({ value }) => value.kind === 'settings'));
  if (forms.size > 1)
    return [
      'commands and settings stand side by side; Empire takes one form for all, so write command: below each',
    ];
  return found.flatMap(faultsOf);
}

function faultsOf({ type, line, value }: ProcfileEntry): readonly string[] {
  const head = `line ${line}: ${type}`;
  if (value.kind === 'other') return [`${head} has no command`];
  if (value.kind === 'command') {
    const comment = value.isCommented ? ['what follows # is left out; put the command in quotes'] : [];
    return [...comment, ...commandFaults(value.command)].map((one) => `${head}: ${one}`);
  }
  const { keys, command, cron } = value;
  if (command.text === undefined && !command.isWords) return [`${head} has no command`];
  return [
    ...keys.filter((key) => !known.has(key)).map((key) => `${key} means nothing to Empire`),
    ...(command.text === undefined ? [] : commandFaults(command.text)),
    ...(keys.includes('cron') ? cronFaults(cron) : []),
  ].map((one) => `${head}: ${one}`);
}

const known = new Set(['command', 'cron', 'noservice', 'run', 'ports', 'environment', 'ecs']);

/** Minutes, hours, day of the month, month, day of the week, year, as AWS has it. */
const cronFields = 6;

const cronFaults = ({ text = '' }: Setting): readonly string[] =>
  text.trim().split(/\s+/).length === cronFields ? [] : ['cron takes six fields, as in "0 3 * * ? *"'];

const shell = /^(?:\S*\/)?(?:ba|da|z)?sh\s+-\w*c\b/;
const noShell = "write sh -c '…'";

/** What a shell would have made of it. */
function commandFaults(command: string): readonly string[] {
  const outside = outsideQuotes(command);
  if (outside === undefined) return ['its quotes do not close'];
  if (shell.test(command.trim())) return [];
  if (/^\s*(?:exec|cd|export|source)\s/.test(outside))
    return [
      `it starts without a shell, which alone knows ${outside.trim().split(/\s/)[0] ?? ''}; ${noShell}`,
    ];
  if (/^\s*\w+=/.test(outside))
    return [
      `it starts without a shell, so variables can't stand before it; ${noShell}, or environment: below it`,
    ];
  const operator = /[;&|<>]/.exec(outside)?.[0];
  if (operator !== undefined) return [`it starts without a shell and ends at ${operator}; ${noShell}`];
  const variable = /\$\{?\w+\}?/.exec(outside)?.[0];
  return variable === undefined
    ? []
    : [`it starts without a shell, so ${variable} stays as it is; ${noShell}`];
}

/** The command with what is in single quotes blanked, and what is in double ones but for its variables; undefined when a quote does not close. */
function outsideQuotes(command: string): string | undefined {
  const bare = command
    .replaceAll(/\\./g, '__')
    .replaceAll(/'[^']*'/g, "''")
    .replaceAll(/"([^"]*)"/g, (_, inner: string) => inner.replaceAll(/[^\w${}]/g, '_'));
  return /['"]/.test(bare.replaceAll("''", '')) ? undefined : bare;
}
