import { spawn, execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';

const author = {
  GIT_AUTHOR_NAME: 'A',
  GIT_AUTHOR_EMAIL: 'a@example.com',
  GIT_COMMITTER_NAME: 'A',
  GIT_COMMITTER_EMAIL: 'a@example.com',
  GIT_CONFIG_GLOBAL: '/dev/null',
};

/** A real repository whose branch is called main. */
export interface Repository {
  readonly dir: string;
  /** Its `git+file:` source, without a fragment. */
  readonly source: string;
  git(...args: readonly string[]): string;
  /** Writes files (executable when the path ends in `*`), commits everything and gives the commit. */
  commit(files: Readonly<Record<string, string>>, message?: string): string;
}

export function makeRepository(dir: string): Repository {
  mkdirSync(dir, { recursive: true });
  const git = (...args: readonly string[]): string =>
    execFileSync('git', args, {
      cwd: dir,
      encoding: 'utf8',
      env: { ...process.env, ...author },
      stdio: 'pipe',
    }).trim();
  git('init', '--quiet', '--initial-branch=main');
  return {
    dir,
    source: `git+file://${dir}`,
    git,
    commit(files, message = 'change') {
      for (const [path, text] of Object.entries(files)) {
        const at = join(dir, path.replace(/\*$/, ''));
        mkdirSync(dirname(at), { recursive: true });
        writeFileSync(at, text);
        if (path.endsWith('*')) chmodSync(at, 0o755);
      }
      git('add', '--all');
      git('commit', '--quiet', '--allow-empty', '--message', message);
      return git('rev-parse', 'HEAD');
    },
  };
}

/** The files of a small template: one file is rendered, one is a script. */
export const tinyTemplate = (
  id: string,
  version = '1.0.0',
  below = '',
): Readonly<Record<string, string>> => ({
  [`${below}template.yaml`]: `id: ${id}
version: ${version}
title: ${id}
description: A small template.
inputs:
  - { key: name, title: Name, prompt: A word., placeholder: orders }
`,
  [`${below}files/README.md.hbs`]: '# {{name}}\n',
  [`${below}files/run.sh*`]: '#!/bin/sh\necho run\n',
});

export interface GitServer {
  /** `git+http://127.0.0.1:…`; a repository follows as `/name`. */
  readonly source: string;
  close(): Promise<void>;
}

/** Serves the repositories below `root` over HTTP by git's own CGI program (git-http-backend(1)). */
export async function serveRepositories(root: string): Promise<GitServer> {
  return listen(createServer((request, response) => runBackend(root, request, response)));
}

/** A server that `answer`s every request as it likes. */
export function serve(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<GitServer> {
  return listen(createServer(answer));
}

async function listen(server: Server): Promise<GitServer> {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    source: `git+http://127.0.0.1:${port}`,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

function runBackend(root: string, request: IncomingMessage, response: ServerResponse): void {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const child = spawn('git', ['http-backend'], {
    env: {
      PATH: process.env['PATH'],
      GIT_PROJECT_ROOT: root,
      GIT_HTTP_EXPORT_ALL: '1',
      PATH_INFO: url.pathname,
      QUERY_STRING: url.search.slice(1),
      REQUEST_METHOD: request.method,
      CONTENT_TYPE: request.headers['content-type'],
      HTTP_CONTENT_ENCODING: request.headers['content-encoding'],
      GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
    },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  request.pipe(child.stdin);
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.on('close', () => {
    const all = Buffer.concat(chunks);
    const cut = all.indexOf('\r\n\r\n');
    for (const line of all.subarray(0, cut).toString().split('\r\n')) {
      const [name = '', value = ''] = line.split(': ');
      if (name === 'Status') response.statusCode = Number(value.slice(0, 3));
      else response.setHeader(name, value);
    }
    response.end(all.subarray(cut + 4));
  });
}
