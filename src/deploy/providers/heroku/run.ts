import { UserError } from '../../../base/errors';
import type { Line } from '../../../base/ports';
import { connectionLost, notTheApi } from '../../errors/api';
import { noCommand } from '../../errors';
import { commandFailed } from '../../errors/heroku';
import type { Target } from '../../provider';
import { linesOf, parseJson } from '../lines';
import type { Client, ClientParts } from './client';
import { appPath, callOf, connect } from './client';
import { readAttach } from './wire';

/** Said at the end, with what the command gave: without it the connection was cut. No program prints that by chance. */
const mark = '\uFFFF servicewright-exit-status:';

/** What a command prints that runs once, in a dyno of its own. Throws UserError `deploy/command-failed` when it fails. */
export async function* runLines(
  parts: ClientParts,
  target: Target,
  command: string,
  signal: AbortSignal,
): AsyncIterable<string> {
  if (command.trim() === '') throw noCommand();
  const client = await connect(parts, target, signal);
  const body = {
    command: `${command}; echo "${mark} $?"`,
    attach: true,
    type: 'run',
    force_no_tty: true,
    env: { TERM: 'dumb', COLUMNS: '120', LINES: '40' },
  };
  const call = callOf(`run ${command} for ${target.app}`, 'POST', appPath(target, '/dynos'), { body });
  const address = readAttach(parseJson(await client.change(call, signal)));
  if (!address) throw notTheApi(client.where, 201);
  client.hide(address.secret);
  const line = await meet(parts, client, address, signal);
  try {
    yield* until(line, client, command);
  } catch (error) {
    signal.throwIfAborted();
    throw error instanceof UserError ? error : connectionLost(client.where, call.what, error);
  } finally {
    line.end();
  }
}

async function meet(
  { sockets }: ClientParts,
  client: Client,
  { host, port, secret }: { readonly host: string; readonly port: number; readonly secret: string },
  signal: AbortSignal,
): Promise<Line> {
  // On this machine there is nobody in between, and no certificate.
  const tls = !/^(localhost|127\.\d+\.\d+\.\d+)$/.test(host);
  try {
    const line = await sockets.open({ host, port, tls }, signal);
    line.write(`${secret}\r\n`);
    return line;
  } catch (error) {
    signal.throwIfAborted();
    throw connectionLost(client.where, 'meet the dyno', error);
  }
}

async function* until(line: Line, client: Client, command: string): AsyncIterable<string> {
  let isFirst = true;
  for await (const text of linesOf(line.chunks)) {
    // The other end says first that it is there.
    const isGreeting = isFirst && text.trim() === 'rendezvous';
    isFirst = false;
    if (isGreeting) continue;
    const at = text.indexOf(mark);
    if (at < 0) {
      yield client.clean(text);
      continue;
    }
    if (at > 0) yield client.clean(text.slice(0, at));
    const status = Number(text.slice(at + mark.length).trim());
    if (status !== 0) throw commandFailed(command, status);
    return;
  }
  throw new Error('it ended without saying how');
}
