import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { WebSocketServer } from 'ws';
import type { RawRequest } from '../empire-http';

/** What a played command does with its terminal. */
export interface Played {
  readonly path: string;
  readonly command: string;
  readonly query: URLSearchParams;
  /** Shows something. */
  show(text: string | Uint8Array): void;
  /** What was typed so far, and the sizes that the terminal had. */
  readonly typed: string[];
  readonly sizes: unknown[];
  /** Ends with an exit code, or with another status. */
  end(status: number | object): void;
  /** Goes away without a word. */
  cut(): void;
}

export interface Terminals {
  /** The subprotocols that the server knows. */
  known: readonly string[];
  /** Called at the start, and after each thing that is typed or resized. */
  play: (played: Played) => void;
  readonly all: Played[];
  take(request: Pick<RawRequest, 'method' | 'path' | 'headers'>, socket: Duplex): void;
}

/** The end of `exec` as an API server has it (remotecommand over WebSocket), with commands that are played. */
export function createTerminals(): Terminals {
  const server = new WebSocketServer({
    noServer: true,
    handleProtocols: (offered) => terminals.known.find((one) => offered.has(one)) ?? false,
  });
  const terminals: Terminals = {
    known: ['v4.channel.k8s.io', 'v5.channel.k8s.io'],
    play: () => undefined,
    all: [],
    take(request, socket) {
      // Of a request only these are looked at.
      const asked = { method: request.method, url: request.path, headers: request.headers };
      server.handleUpgrade(asked as unknown as IncomingMessage, socket, Buffer.alloc(0), (channel) => {
        const played = playedOn(channel, new URL(request.path, 'http://cluster'));
        terminals.all.push(played);
        channel.on('message', (data: Buffer) => {
          const text = data.subarray(1).toString('utf8');
          if (data[0] === 0) played.typed.push(text);
          if (data[0] === 4) played.sizes.push(JSON.parse(text));
          terminals.play(played);
        });
      });
    },
  };
  return terminals;
}

function playedOn(channel: WebSocket, { pathname, searchParams: query }: URL): Played {
  const send = (kind: number, data: string | Uint8Array): void =>
    channel.send(Buffer.concat([Buffer.from([kind]), Buffer.from(data as string)]));
  return {
    path: pathname,
    command: query.getAll('command').at(-1) ?? '',
    query,
    typed: [],
    sizes: [],
    show: (text) => send(1, text),
    end(status) {
      send(3, JSON.stringify(typeof status === 'number' ? endOf(status) : status));
      channel.close();
    },
    cut: () => channel.terminate(),
  };
}

/** As the kubelet says it. */
const endOf = (code: number): object =>
  code === 0
    ? { metadata: {}, status: 'Success' }
    : {
        metadata: {},
        status: 'Failure',
        message: `command terminated with non-zero exit code: error executing command, exit code ${code}`,
        reason: 'NonZeroExitCode',
        details: { causes: [{ reason: 'ExitCode', message: String(code) }] },
      };
