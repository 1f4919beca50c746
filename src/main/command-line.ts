import { parseArgs } from 'node:util';
import { version } from '../../package.json';
import type { CliCommand, CliContext, CliInput, CliOption, ExitCode } from '../base/cli';
import { UserError, isAbort, messageOf, systemCode } from '../base/errors';
import type { Log } from '../base/log';
import { join } from '../base/paths';
import { createCache } from '../platform/node/cache';
import { cacheFolder } from '../platform/node/cache-folder';
import { createCodeRunner } from '../platform/node/code-runner';
import { nodeInside } from '../platform/node/inside';
import { personTerminal } from '../platform/node/person-terminal';
import { hintOf } from './cli-hints';
import { findCommand } from './cli-commands';
import { cliHelp } from './cli-help.gen';
import type { Interrupts } from './interrupts';
import { createInterrupts } from './interrupts';
import { once } from './once';
import { print } from './print';
import { createWorld, lazyWeb } from './world';

const wrongUse = 2;
const ourBug = 3;
const interrupted = 130;

const everyCommand: Readonly<Record<string, CliOption>> = {
  help: { type: 'boolean', description: 'Show this help.' },
  verbose: { type: 'boolean', description: 'Say more on stderr.' },
};

/** Runs one command line (without `node` and the script's name) and gives the exit code; `home` is the folder that holds `out`. */
export async function commandLine(argv: readonly string[], home: string): Promise<ExitCode> {
  const [name, ...args] = argv;
  if (name === undefined || name === 'help' || name === '--help') return help();
  if (name === '--version' || name === '-V') return tellVersion();
  const command = await findCommand(name);
  if (!command) {
    printError(`servicewright has no command ${JSON.stringify(name)}; servicewright help lists them.`);
    return wrongUse;
  }
  const interrupts = createInterrupts();
  // `servicewright logs | head`: whoever read has had enough.
  process.stdout.once('error', (error) => process.exit(systemCode(error) === 'EPIPE' ? 0 : ourBug));
  try {
    const input = readInput(command, args);
    if (input.flag('help')) return helpFor(command);
    return await command.run(input, createContext({ home, interrupts, verbose: input.flag('verbose') }));
  } catch (error) {
    return report(error);
  }
}

function report(error: unknown): ExitCode {
  if (isAbort(error)) return interrupted;
  if (error instanceof UserError) {
    for (const line of error.lines) printError(`  ${line}`);
    printError(`error: ${error.message}`);
    const hint = error.fix && hintOf(error.fix);
    if (hint !== undefined) printError(`hint: ${hint}`);
    return wrongUse;
  }
  printError(
    `error: this is a bug of servicewright: ${error instanceof Error ? error.stack : String(error)}`,
  );
  return ourBug;
}

function readInput(command: CliCommand, args: readonly string[]): CliInput {
  const cut = args.indexOf('--');
  const own = cut < 0 ? args : args.slice(0, cut);
  const { values, positionals } = parse(command, own);
  const { min, max } = command.positionals;
  if (values['help'] !== true && (positionals.length < min || positionals.length > max))
    throw usage(command, `expected ${command.usage === '' ? 'no arguments' : command.usage}`);
  return {
    positionals,
    rest: cut < 0 ? [] : args.slice(cut + 1),
    flag: (name) => values[name] === true,
    text: (name) => lastText(values[name]),
    list: (name) => [values[name] ?? []].flat().filter((one) => typeof one === 'string'),
  };
}

function parse(command: CliCommand, args: readonly string[]): ReturnType<typeof parseArgs> {
  const options = Object.fromEntries(
    Object.entries({ ...everyCommand, ...command.options }).map(([name, option]) => [
      name,
      { type: option.type, multiple: option.multiple ?? false },
    ]),
  );
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw usage(command, messageOf(error).split('. ')[0] ?? '');
  }
}

function lastText(value: unknown): string | undefined {
  const one: unknown = Array.isArray(value) ? value.at(-1) : value;
  return typeof one === 'string' ? one : undefined;
}

function usage(command: CliCommand, why: string): UserError {
  return new UserError('cli/wrong-use', `servicewright ${command.name}: ${why.replace(/\.$/, '')}.`, {
    fix: { kind: 'hint', label: `servicewright ${command.name} --help` },
  });
}

interface Start {
  readonly home: string;
  readonly interrupts: Interrupts;
  readonly verbose: boolean;
}

function createContext({ home, interrupts, verbose }: Start): CliContext {
  const ask = once(async () => (await import('./ask')).createAsk());
  return {
    ...createWorld(stderrLog(verbose), process.env),
    cwd: process.cwd(),
    env: process.env,
    signal: interrupts.signal,
    onInterrupt: interrupts.onInterrupt,
    home,
    inside: nodeInside,
    web: lazyWeb(),
    code: createCodeRunner(join(home, 'out', 'code-worker.js')),
    cache: createCache(cacheFolder(process.env)),
    // Node makes a stream when it is first asked for, and most commands ask for none but stdout.
    get isTerminal() {
      return process.stderr.isTTY === true;
    },
    get terminal() {
      return personTerminal();
    },
    out: (text) => void process.stdout.write(text),
    print: (pieces) => print(pieces, interrupts.signal),
    err: printError,
    stdin: readStdin,
    ask: async (prompt, how) => (await ask())(prompt, how),
  };
}

function printError(text: string): void {
  process.stderr.write(text.endsWith('\n') ? text : `${text}\n`);
}

async function readStdin(): Promise<string> {
  const chunks: string[] = [];
  process.stdin.setEncoding('utf8');
  for await (const chunk of process.stdin) chunks.push(String(chunk));
  return chunks.join('');
}

function stderrLog(verbose: boolean): Log {
  const say = (level: string, message: string): void => printError(`${level}: ${message}`);
  return {
    debug: (message) => (verbose ? say('debug', message) : undefined),
    info: (message) => (verbose ? say('info', message) : undefined),
    warn: (message) => say('warning', message),
    error: (message, cause) =>
      say('error', cause === undefined ? message : `${message}: ${messageOf(cause)}`),
  };
}

function help(): ExitCode {
  const width = Math.max(...cliHelp.map(([name]) => name.length));
  const lines = cliHelp.map(([name, summary]) => `  ${name.padEnd(width)}  ${summary}\n`);
  process.stdout.write(
    [
      'servicewright <command> …\n\n',
      ...lines,
      '\nservicewright <command> --help tells more of one.\n',
      'servicewright --version tells which version this is.\n',
    ].join(''),
  );
  return 0;
}

function tellVersion(): ExitCode {
  process.stdout.write(`servicewright ${version}\n`);
  return 0;
}

function helpFor(command: CliCommand): ExitCode {
  const rows = Object.entries({ ...command.options, ...everyCommand }).map(
    ([name, option]) =>
      [
        `--${name}${option.type === 'string' ? ` ${option.value ?? '<value>'}` : ''}`,
        option.description,
      ] as const,
  );
  const width = Math.max(...rows.map(([left]) => left.length));
  const lines = rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
  process.stdout.write(
    `servicewright ${command.name} ${command.usage}\n\n${command.summary}\n\n${lines.join('\n')}\n`,
  );
  return 0;
}
