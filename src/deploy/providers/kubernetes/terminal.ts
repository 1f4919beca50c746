import { UserError, isAbort } from '../../../base/errors';
import type { Channel } from '../../../base/ports';
import { connectionLost } from '../../errors/api';
import { runNotStarted } from '../../errors/kubernetes';
import type { RunEvent, Target, Terminal, TerminalSize } from '../../provider';
import type { Client, KubeParts } from './client';
import { get } from './reading';
import { removePod, startPod } from './run-pod';
import { byteOf, channels, messageOf, protocols, readEnd } from './terminal-wire';

/** What a pod runs that waits for a command: it lives as long as a day at most, and goes at once when it is told to. */
const waiting = "trap 'exit 0' TERM INT; sleep 86400 & wait";

/** Runs a command with a terminal in a pod of its own, which is taken away at the end. Nothing is lost: the pod runs before the command does. */
export async function openTerminal(
  parts: KubeParts,
  target: Target,
  client: Client,
  run: { readonly command: string; readonly size: TerminalSize; readonly signal: AbortSignal },
): Promise<Terminal> {
  const { command, size, signal } = run;
  const running = await startPod(parts, target, client, { command, inside: waiting, signal });
  try {
    const query = ['/bin/sh', '-c', command].map((word) => `command=${encodeURIComponent(word)}`).join('&');
    const path = `${running.path}/exec?${query}&container=app&stdin=true&stdout=true&tty=true`;
    const channel = await client.channel(get(`run ${command} in a pod`, path), protocols, signal);
    channel.send(messageOf(channels.resize, sizeText(size)));
    return {
      tellsExit: true,
      events: eventsOf(client, channel, command, () => removePod(client, running)),
      write: (text) => channel.send(messageOf(channels.stdin, text)),
      resize: (next) => channel.send(messageOf(channels.resize, sizeText(next))),
      end: () => channel.end(),
    };
  } catch (error) {
    await removePod(client, running);
    throw error;
  }
}

const sizeText = ({ columns, rows }: TerminalSize): string =>
  JSON.stringify({ Width: columns, Height: rows });

async function* eventsOf(
  client: Client,
  channel: Channel,
  command: string,
  over: () => Promise<void>,
): AsyncIterable<RunEvent> {
  const decoder = new TextDecoder();
  try {
    for await (const message of channel.messages) {
      const kind = byteOf(message);
      const bytes = message.subarray(1);
      if (kind === channels.stdout || kind === channels.stderr) {
        const text = decoder.decode(bytes, { stream: true });
        if (text !== '') yield { type: 'out', stream: 'stdout', text: client.clean(text) };
      }
      if (kind !== channels.status) continue;
      const end = readEnd(new TextDecoder().decode(bytes));
      if ('why' in end) throw runNotStarted(command, client.clean(end.why));
      yield { type: 'exit', code: end.code };
      return;
    }
  } catch (error) {
    throw isAbort(error) || error instanceof UserError
      ? error
      : connectionLost(client.where, `run ${command}`, error);
  } finally {
    channel.end();
    await over();
  }
}
