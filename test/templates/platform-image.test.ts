import assert from 'node:assert/strict';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { TestContext } from 'node:test';
import type { Target } from '../../src/deploy';
import { describeMissing, isRoot, missingFor } from '../editor/system';
import type { TestPlatform } from '../helpers/platform';
import { deploy, eventually, startPlatform, textFrom, writeFiles } from '../helpers/platform';
import type { Engine } from './engine';
import { startEngine, tagBases } from './engine';

/** Services of which there is only a Dockerfile, on the embedded platform with a real container engine. */

const { signal } = new AbortController();
let engine: Engine | undefined;
let platform: TestPlatform | undefined;
let why: string | undefined;
let root = '';

before(async () => {
  const missing = await missingFor('containers');
  if (missing.length > 0) why = describeMissing(missing, true);
  else if (!isRoot()) why = 'Only root can start a container engine.';
  if (why !== undefined) return;
  root = await mkdtemp(join(tmpdir(), 'images-'));
  engine = await startEngine();
  await tagBases(engine, ['base:test']);
  platform = await startPlatform({ ...engine.env, SERVICEWRIGHT_STOP_GRACE: '2' });
});

after(async () => {
  await platform?.stop();
  await engine?.stop();
  if (root !== '') await rm(root, { recursive: true, force: true });
});

const server = `import http.server, os
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        text = open("/srv/version").read() + os.environ.get("TOKEN", "") + " " + os.environ.get("DATABASE_URL", "")[:8]
        self.send_response(200)
        self.end_headers()
        self.wfile.write(text.encode())
http.server.HTTPServer(("127.0.0.1", int(os.environ["PORT"])), Handler).serve_forever()
`;
const dockerfile = 'FROM base:test\nCOPY . /srv\nWORKDIR /srv\nCMD ["python3", "serve.py"]\n';

interface Running {
  readonly engine: Engine;
  readonly platform: TestPlatform;
}

function running(t: TestContext): Running | undefined {
  if (engine && platform) return { engine, platform };
  t.skip(why);
  return undefined;
}

async function service(name: string): Promise<Target> {
  const dir = join(root, name);
  await writeFiles(dir, { 'serve.py': server, version: 'one ', Dockerfile: dockerfile });
  const environment = { name: 'local', platform: 'embedded' as const, protected: false, config: {} };
  return { app: name, environment, dir };
}

const containers = async (on: Engine): Promise<readonly string[]> =>
  (await on.ok('ps', '--format', '{{.Names}}')).split('\n').filter((line) => line !== '');

test('an image is built and run, with variables, a database, logs and single commands; the next release replaces it', async (t) => {
  const on = running(t);
  if (!on) return;
  const { provider } = on.platform;
  const target = await service('boxed');
  const first = await deploy(provider, target);
  assert.equal(first.outcome, 'live', first.error?.message);
  assert.equal(await textFrom(first.url ?? ''), 'one  postgres');
  await provider.config?.change(target, { TOKEN: 'canary-token-789' }, 'Set TOKEN', signal);
  assert.equal(await textFrom(first.url ?? ''), 'one canary-token-789 postgres');
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const line = await textOf(`/proc/${pid}/cmdline`);
    assert.ok(!line.includes('canary-token-789'), 'no argument holds a value');
  }
  assert.deepEqual(await exec(on, target, 'cat; exit 4', 'in\n'), ['in', '4']);
  await writeFile(join(target.dir, 'version'), 'two ');
  const next = await deploy(provider, target);
  assert.equal(next.outcome, 'live', next.error?.message);
  assert.match(await textFrom(next.url ?? ''), /^two /);
  await eventually('one container is left', async () => (await containers(on.engine)).length === 1);
});

async function exec(on: Running, target: Target, command: string, input: string): Promise<readonly string[]> {
  const said: string[] = [];
  for await (const event of on.platform.provider.runs?.exec?.(target, { command, input }, signal) ?? [])
    said.push(event.type === 'out' ? event.text : String(event.code));
  return said;
}

const textOf = (path: string): Promise<string> => readFile(path, 'utf8').catch(() => '');

test('a Dockerfile that can’t be built says why, and the release before goes on', async (t) => {
  const on = running(t);
  if (!on) return;
  const target = await service('unbuilt');
  const { url = '' } = await deploy(on.platform.provider, target);
  await writeFile(join(target.dir, 'Dockerfile'), `${dockerfile}RUN echo no good; exit 3\n`);
  const result = await deploy(on.platform.provider, target);
  assert.equal(result.error?.code, 'embedded/image-failed');
  assert.match(result.error.lines.join('\n'), /no good|exit 3|returned a non-zero code: 3/);
  assert.match(await textFrom(url), /^one /);
});

test('containers that a platform left are ended by the next one', async (t) => {
  const on = running(t);
  if (!on) return;
  const target = await service('orphaned');
  await deploy(on.platform.provider, target);
  const before = (await containers(on.engine)).filter((name) => name.includes('orphaned'));
  assert.equal(before.length, 1);
  const label = await on.engine.ok('inspect', '--format', '{{json .Config.Labels}}', before[0] ?? '');
  const found = /"(servicewright_engine)":"([0-9a-f]+)"/.exec(label);
  assert.ok(found, label);
  // As a platform that was killed leaves one: nobody in front of it any more.
  const left = ['run', '--detach', '--network', 'host', '--label', `${found[1] ?? ''}=${found[2] ?? ''}`];
  const id = (await on.engine.ok(...left, 'base:test', 'sleep', '1000')).trim();
  await on.platform.restart();
  await eventually('it is gone', async () => (await on.engine.docker('inspect', id)).code !== 0);
  await eventually('the service is back', async () => {
    const { url = '' } = (await on.platform.provider.status(target, signal)) ?? {};
    return (await textFrom(url).catch(() => '')).startsWith('one ');
  });
});
