import type { CliCommand, CliContext, CliInput, ExitCode, PersonTerminal } from '../../../base/cli';
import { UserError } from '../../../base/errors';
import { cantDo, cantGiveInput, noCommand, runUnknown } from '../../errors';
import type { Terminal } from '../../provider';
import type { Chosen, DeployCli } from './common';
import { choose, confirmed, dirOption, messageOption, said, to, yes } from './common';

export function execCommand(cli: DeployCli): CliCommand {
  return {
    name: 'exec',
    usage: '-- <command>',
    summary:
      'Run a command once, in a process of its own beside the running ones; ends with its exit code where the platform tells it.',
    positionals: { min: 0, max: 0 },
    options: {
      to,
      dir: dirOption,
      input: {
        type: 'boolean',
        description: 'Give it what stands on stdin, for platforms that can.',
      },
      'no-terminal': {
        type: 'boolean',
        description: 'Give it no terminal, where there is one and the platform can.',
      },
      message: messageOption,
      yes,
    },
    async run(input, context) {
      const chosen = await choose(cli, input, context, input.text('dir') ?? '.');
      const { target, provider } = chosen;
      if (!provider.runs) throw cantDo(provider.title, 'run single commands');
      const command = commandOf(input.rest);
      confirmed(target, input);
      const message = said(input, 'message') ?? `Run ${command}`;
      const { terminal } = context;
      const wantsTerminal = !input.flag('input') && !input.flag('no-terminal');
      if (terminal && provider.runs.terminal && wantsTerminal) {
        context.err(`Starting ${command} …; Ctrl-] leaves it.`);
        const run = { command, message, size: terminal.size() };
        const running = await provider.runs.terminal(target, run, context.signal);
        return typeTo(running, command, { ...context, terminal });
      }
      if (provider.runs.exec) return execute(chosen, command, input, context);
      if (input.flag('input')) throw cantGiveInput(provider.title);
      return runLines(provider.runs.run(target, command, message, context.signal), context);
    },
  };
}

type AtTerminal = Pick<CliContext, 'out'> & { readonly terminal: PersonTerminal };

/** Ctrl-], as telnet has it: every other key is the command's own. */
const leaveKey = '\x1d';

/** Makes the person's terminal that of the command, until it ends or is left. */
async function typeTo(running: Terminal, command: string, { terminal, out }: AtTerminal): Promise<ExitCode> {
  const stop = terminal.listen(
    (text) => (text.includes(leaveKey) ? running.end() : running.write(text)),
    () => running.resize(terminal.size()),
  );
  try {
    for await (const event of running.events) {
      if (event.type === 'exit') return event.code;
      out(event.text);
    }
  } finally {
    stop();
    running.end();
  }
  if (running.tellsExit) throw runUnknown(command);
  return 0;
}

/** Of a platform that tells no exit code only that it failed is known, at most. */
async function runLines(lines: AsyncIterable<string>, context: CliContext): Promise<ExitCode> {
  try {
    for await (const line of lines) context.out(`${line}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof UserError) || error.code !== 'deploy/command-failed') throw error;
    context.err(`error: ${error.message}`);
    return 1;
  }
}

/** One argument is a line for the shell as it is; of several each stays one word there. */
export function commandOf(rest: readonly string[]): string {
  const [only = ''] = rest;
  if (rest.length === 0 || (rest.length === 1 && only.trim() === '')) throw noCommand();
  return rest.length === 1 ? only : rest.map(quoted).join(' ');
}

const quoted = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;

async function execute(
  { provider, target }: Chosen,
  command: string,
  input: CliInput,
  context: CliContext,
): Promise<ExitCode> {
  const given = input.flag('input') ? { input: await context.stdin() } : {};
  for await (const event of provider.runs?.exec?.(target, { command, ...given }, context.signal) ?? []) {
    if (event.type === 'exit') return event.code;
    if (event.stream === 'stdout') context.out(`${event.text}\n`);
    else context.err(event.text);
  }
  throw runUnknown(command);
}
