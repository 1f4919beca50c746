import type { CliCommand, CliContext, ExitCode } from '../../base/cli';
import { UserError } from '../../base/errors';
import { createEngineAccess } from '../access';
import type { EngineAccess } from '../access';
import { homeOf } from '../home';

const verbs = ['start', 'stop', 'status', 'serve'] as const;

/** `platform start|stop|status`; `serve` is the platform itself, started by the others. */
const platform: CliCommand = {
  name: 'platform',
  usage: 'start|stop|status',
  summary: 'The embedded platform: the services of this machine.',
  positionals: { min: 1, max: 1 },
  options: { json: { type: 'boolean', description: 'Print one JSON document.' } },
  async run(input, context): Promise<ExitCode> {
    const verb = verbs.find((one) => one === input.positionals[0]);
    if (verb === undefined)
      throw new UserError('cli/wrong-use', `servicewright platform takes one of start, stop and status.`);
    if (verb === 'serve') {
      // The platform itself is far larger than what asks it.
      const { serve } = await import('../engine/serve');
      const say = (text: string): void => context.err(`${context.now().toISOString()} ${text}`);
      await serve(homeOf(context.env), context.env, { signal: context.signal, say });
      return 0;
    }
    const access = accessOf(context);
    const document = await run(verb, access, context.signal);
    if (input.flag('json')) context.out(`${JSON.stringify(document)}\n`);
    else context.out(`${describe(document)}\n`);
    return 0;
  },
};

/** The platform that a command line of ours reaches. */
export function accessOf(context: CliContext): EngineAccess {
  return createEngineAccess({
    cliPath: `${context.home}/out/cli.js`,
    execPath: process.execPath,
    env: context.env,
    say: (text) => context.err(`${text}\n`),
  });
}

interface Status {
  readonly running: boolean;
  readonly home: string;
  readonly pid?: number;
  readonly url?: string;
}

async function run(
  verb: 'start' | 'stop' | 'status',
  access: EngineAccess,
  signal: AbortSignal,
): Promise<Status> {
  const { home } = access;
  if (verb === 'stop') {
    await access.stop(signal);
    return { running: false, home };
  }
  const address = verb === 'start' ? await access.connect(signal) : await access.find();
  return address ? { running: true, home, pid: address.pid, url: address.url } : { running: false, home };
}

function describe({ running, home, pid }: Status): string {
  return running
    ? `The embedded platform runs (process ${pid ?? 0}); its state is in ${home}.`
    : `The embedded platform does not run; its state is in ${home}.`;
}

export const cliCommands: readonly CliCommand[] = [platform];
