import { LineCounter, isMap, isScalar, isSeq, parseDocument } from 'yaml';
import type { Node, Pair, Scalar, YAMLMap } from 'yaml';

/**
 * What Empire would make of a Procfile: it is YAML, of one of two forms, `type: command` or `type:` with settings below
 * (procfile/procfile.go), and a command is split into words and started without a shell (processes.go, scheduler/docker).
 * Gives sentences without full stops, in the order of the file.
 */
export function procfileFaults(text: string): readonly string[] {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, version: '1.1', prettyErrors: false });
  const at: Where = (offset) => `line ${lines.linePos(offset).line}`;
  const [broken] = document.errors;
  if (broken)
    return [
      `${at(broken.pos[0])}: as YAML it can't be read; put a command with colons or brackets in quotes`,
    ];
  const { contents } = document;
  if (!isMap(contents) || contents.items.length === 0) return ['it names no process to run'];
  const pairs = contents.items as readonly Pair<Node, Node | null>[];
  const forms = pairs.map(({ value }) => isMap(value));
  if (new Set(forms).size > 1)
    return [
      'commands and settings stand side by side; Empire takes one form for all, so write command: below each',
    ];
  return pairs.flatMap((pair) => faultsOf(pair, at));
}

type Where = (offset: number) => string;

/** As it was written where YAML takes it for a number or a yes. */
const textOf = ({ value, source }: Scalar): string => (typeof value === 'string' ? value : (source ?? ''));

const nameOf = (key: Node): string => (isScalar(key) ? textOf(key) : '?');
const placeOf = (node: Node | null | undefined, fallback: Node, at: Where): string =>
  at(node?.range?.[0] ?? fallback.range?.[0] ?? 0);

function faultsOf({ key, value }: Pair<Node, Node | null>, at: Where): readonly string[] {
  const head = `${placeOf(value, key, at)}: ${nameOf(key)}`;
  if (isMap(value)) return settingFaults(value, head);
  if (!isScalar(value) || value.value === null) return [`${head} has no command`];
  const comment =
    value.comment === undefined ? [] : [`${head}: what follows # is left out; put the command in quotes`];
  return [...comment, ...commandFaults(textOf(value)).map((one) => `${head}: ${one}`)];
}

const known = new Set(['command', 'cron', 'noservice', 'run', 'ports', 'environment', 'ecs']);

function settingFaults(settings: YAMLMap, head: string): readonly string[] {
  const keys = settings.items.map(({ key }) => nameOf(key as Node));
  const faults = keys
    .filter((key) => !known.has(key))
    .map((key) => `${head}: ${key} means nothing to Empire`);
  const command = settings.get('command', true);
  if (isSeq(command) && command.items.every(isScalar)) return faults;
  if (!isScalar(command) || command.value === null) return [...faults, `${head} has no command`];
  return [
    ...faults,
    ...commandFaults(textOf(command)).map((one) => `${head}: ${one}`),
    ...cronFaults(settings.get('cron', true)).map((one) => `${head}: ${one}`),
  ];
}

/** Minutes, hours, day of the month, month, day of the week, year, as AWS has it. */
const cronFields = 6;

function cronFaults(cron: unknown): readonly string[] {
  if (cron === undefined) return [];
  const fields = isScalar(cron) ? textOf(cron).trim().split(/\s+/) : [];
  return fields.length === cronFields ? [] : ['cron takes six fields, as in "0 3 * * ? *"'];
}

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
