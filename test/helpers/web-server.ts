import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Asked {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
}

/** A web server on 127.0.0.1 that keeps what it was asked. */
export class WebServer {
  readonly asked: Asked[] = [];
  /** What is answered, by path; a text for what is there. */
  readonly pages = new Map<string, string | ((reply: ServerResponse, asked: Asked) => void)>();
  readonly #server = createServer((request, reply) => {
    const asked = { path: request.url ?? '', headers: request.headers };
    this.asked.push(asked);
    const page = this.pages.get(asked.path);
    if (page === undefined) reply.writeHead(404).end();
    else if (typeof page === 'function') page(reply, asked);
    else reply.end(page);
  });

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Resolves when it was asked for something. */
  async askedFor(path: string): Promise<void> {
    while (!this.asked.some((one) => one.path === path)) await once(this.#server, 'request');
  }

  /** With a slash at its end. */
  get url(): string {
    return `http://127.0.0.1:${this.port}/`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }
}
