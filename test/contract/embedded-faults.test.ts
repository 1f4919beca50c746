import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { TestPlatform } from '../helpers/platform';
import { deploy, eventually, startPlatform, targetFor, textFrom, writeFiles } from '../helpers/platform';

/** What goes wrong on a machine, each with the sentence that a person reads; what served before must go on. */

let platform: TestPlatform;
before(async () => {
  platform = await startPlatform({ SERVICEWRIGHT_BOOT_TIMEOUT: '8', SERVICEWRIGHT_STOP_GRACE: '1' });
});
after(() => platform.stop());

interface Fault {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
  readonly code: string;
  readonly message: RegExp;
  readonly lines?: RegExp;
  readonly stage: string;
}

const web = 'web: exec python3 serve.py\n';
const faults: readonly Fault[] = [
  {
    name: 'no-web',
    files: { Procfile: 'worker: sleep 100\n' },
    code: 'embedded/no-web-process',
    message: /has no web process, only worker; add a line "web: /,
    stage: 'snapshot',
  },
  {
    name: 'bad-procfile',
    files: { Procfile: 'web: sleep 1\nthis is nothing\n' },
    code: 'embedded/broken-procfile',
    message: /line 2: "this is nothing" is not/,
    stage: 'snapshot',
  },
  {
    name: 'bad-app-json',
    files: { Procfile: web, 'app.json': '{' },
    code: 'embedded/broken-app-json',
    message: /app\.json of .* can't be read/,
    stage: 'snapshot',
  },
  {
    name: 'missing-config',
    files: {
      Procfile: web,
      'app.json': '{"env":{"STRIPE_KEY":{"required":true},"OTHER":{"required":false}}}',
    },
    code: 'embedded/missing-config',
    message: /requires STRIPE_KEY, and nothing sets it/,
    stage: 'snapshot',
  },
  {
    name: 'bad-requirements',
    files: { Procfile: web, 'requirements.txt': './there-is-no-such-package\n' },
    code: 'embedded/build-failed',
    message: /packages of requirements\.txt could not be installed/,
    lines: /there-is-no-such-package/,
    stage: 'build',
  },
  {
    name: 'bad-migration',
    files: {
      Procfile: `release: python3 migrate.py\n${web}`,
      'migrate.py': 'print("migrating")\nraise ValueError("column is gone")\n',
    },
    code: 'embedded/release-failed',
    message: /"python3 migrate\.py" failed \(exit code 1\)/,
    lines: /ValueError: column is gone/,
    stage: 'release',
  },
  {
    name: 'exits-at-once',
    files: { Procfile: 'web: echo giving up; exit 7\n' },
    code: 'embedded/web-exited',
    message: /web ended before it answered \(exit code 7\)/,
    lines: /giving up/,
    stage: 'boot',
  },
  {
    name: 'command-not-found',
    files: { Procfile: 'web: no-such-program-at-all --port $PORT\n' },
    code: 'embedded/web-exited',
    message: /exit code 127/,
    lines: /no-such-program-at-all/,
    stage: 'boot',
  },
  {
    name: 'never-binds',
    files: { Procfile: 'web: sleep 100\n' },
    code: 'embedded/web-not-bound',
    message: /web did not listen on \$PORT \(\d+\) within 8 s/,
    stage: 'boot',
  },
  {
    name: 'unhealthy',
    files: { Procfile: web, 'serve.py': unhealthy() },
    code: 'embedded/web-unhealthy',
    message: /the last answer to GET \/healthz was 500/,
    stage: 'health',
  },
];

function unhealthy(): string {
  return `import os
from http.server import BaseHTTPRequestHandler, HTTPServer
class H(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_error(500)
HTTPServer(('127.0.0.1', int(os.environ['PORT'])), H).serve_forever()
`;
}

describe('a deploy that fails', { concurrency: 4 }, () => {
  for (const fault of faults) {
    test(`${fault.name}: says what is wrong, and the release before goes on`, async () => {
      const target = await platform.service(fault.name);
      const first = await deploy(platform.provider, target);
      assert.equal(first.outcome, 'live', first.error?.message);
      await writeFiles(target.dir, { ...fault.files, 'version.txt': 'broken\n' });
      const next = await deploy(platform.provider, target);
      assert.equal(next.outcome, 'failed');
      assert.equal(next.error?.code, fault.code);
      assert.match(next.error.message, fault.message);
      if (fault.lines) assert.match(next.error.lines.join('\n'), fault.lines);
      assert.deepEqual(
        next.stages.filter((one) => one.outcome === 'failed').map((one) => one.name),
        [fault.stage],
      );
      assert.equal(await textFrom(`${first.url ?? ''}/version`), '1');
    });
  }
});

test('the port that was bound instead of $PORT is named', async () => {
  const other = await freePort();
  const target = await platform.service('wrong-port', {
    Procfile: `web: PORT=${other} exec python3 serve.py\n`,
  });
  const result = await deploy(platform.provider, target);
  assert.equal(result.error?.code, 'embedded/web-not-bound');
  if (process.platform === 'linux')
    assert.match(result.error.message, new RegExp(`listens on port ${other} instead of`));
  const hints = result.events.filter((event) => event.type === 'log').map((event) => event.text);
  if (process.platform === 'linux')
    assert.ok(hints.some((text) => text.includes(`listens on port ${other}, but must`)));
});

test('without a Python that is new enough the build says what to do', async () => {
  const target = await platform.service('no-python', { 'requirements.txt': '\n' });
  const { signal } = new AbortController();
  const request = { python: '/nowhere/python3' };
  const events = [];
  for await (const event of platform.provider.deploy(target, request, signal)) events.push(event);
  const last = events.at(-1);
  assert.ok(last?.type === 'finished');
  assert.equal(last.error?.code, 'embedded/no-python');
  assert.match(last.error.message, /\/nowhere\/python3 is no Python 3\.11 or newer/);
});

test('a folder that is not there is a failed deploy, not a broken platform', async () => {
  const result = await deploy(
    platform.provider,
    targetFor('gone', join(platform.home, 'no', 'such', 'folder')),
  );
  assert.equal(result.error?.code, 'embedded/source-not-found');
});

test('a process that ignores SIGTERM is ended by force, and so is what it started', async () => {
  const stubborn = `import signal, subprocess, sys
signal.signal(signal.SIGTERM, signal.SIG_IGN)
open('child.pid', 'w').write(str(subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(1000)']).pid))
exec(open('serve.py').read().replace('signal.signal(signal.SIGTERM', 'print; (lambda *_: None)(signal.SIGTERM'))
`;
  const target = await platform.service('stubborn', {
    Procfile: 'web: python3 stubborn.py\n',
    'stubborn.py': stubborn,
  });
  const first = await deploy(platform.provider, target);
  assert.equal(first.outcome, 'live', first.error?.message);
  const web = Number(await textFrom(`${first.url ?? ''}/pid`));
  const slugs = join(platform.home, 'apps', 'stubborn', 'slugs');
  const [slug = ''] = await readdir(slugs);
  const child = Number(await readFile(join(slugs, slug, 'child.pid'), 'utf8'));
  assert.ok(isAlive(web) && isAlive(child));
  await writeFiles(target.dir, { Procfile: 'web: exec python3 serve.py\n' });
  assert.equal((await deploy(platform.provider, target)).outcome, 'live');
  await eventually('both are gone', () => !isAlive(web) && !isAlive(child));
});

test('a web process that dies is started again, and the address answers again', async () => {
  const target = await platform.service('dying');
  const { url = '' } = await deploy(platform.provider, target);
  const before = await textFrom(`${url}/pid`);
  await textFrom(`${url}/exit`);
  // A caller may meet the end before the platform is told of it, and not after it.
  await eventually('it is said what becomes of it', async () => {
    const unavailable = await fetch(`${url}/pid`);
    assert.ok([502, 503].includes(unavailable.status), String(unavailable.status));
    const [, state] = /^dying v1 does not answer: web is (.+)\.$/m.exec(await unavailable.text()) ?? [];
    if (state !== 'up, but takes no connections') assert.equal(state, 'restarting');
    return state === 'restarting';
  });
  const later = await eventually('it answers', async () => {
    const response = await fetch(`${url}/pid`);
    return response.ok && response.text();
  });
  assert.notEqual(later, before);
});

test('a log that is followed goes on, each line once, when the platform was started again', async () => {
  const target = await platform.service('followed');
  const { url = '' } = await deploy(platform.provider, target);
  const reading = new AbortController();
  const seen: string[] = [];
  const said = (word: string): number => seen.filter((line) => line.endsWith(`]: ${word}`)).length;
  const following = (async () => {
    for await (const line of platform.provider.logs(target, { tail: true, lines: 5 }, reading.signal))
      seen.push(line);
  })();
  await textFrom(`${url}/say?text=before`);
  await eventually('it is told', () => said('before') === 1);
  await platform.restart();
  await eventually('it serves again', () => textOf(url));
  await textFrom(`${url}/say?text=after`);
  await eventually('it is told what comes after', () => said('after') === 1);
  assert.equal(said('before'), 1);
  reading.abort();
  await assert.rejects(following);
});

test('a port on record that another program took is told, and another one serves', async () => {
  const target = await platform.service('stolen');
  const { url = '' } = await deploy(platform.provider, target);
  const port = Number(new URL(url).port);
  await platform.restart();
  assert.equal(await eventually('it serves at its old port', () => textOf(url)), '1');
  // Taken in the moment between the end of one platform and the start of the next.
  const thief = createServer();
  await platform.restart(() => new Promise<void>((taken) => thief.listen(port, '127.0.0.1', taken)));
  const { signal } = new AbortController();
  const status = await platform.provider.status(target, signal);
  assert.notEqual(status?.url, url);
  assert.equal(await eventually('it serves at another port', () => textOf(status?.url ?? '')), '1');
  const lines: string[] = [];
  for await (const line of platform.provider.logs(target, { tail: false, lines: 50 }, signal))
    lines.push(line);
  assert.match(lines.join('\n'), new RegExp(`Port ${port} is taken by another program; serving on `));
  await new Promise((closed) => thief.close(closed));
});

async function textOf(url: string): Promise<string | undefined> {
  const response = await fetch(`${url}/version`);
  return response.ok ? response.text() : undefined;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  return typeof address === 'object' && address ? address.port : 0;
}
