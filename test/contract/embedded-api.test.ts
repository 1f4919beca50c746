import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { isObject, stringAt } from '../../src/base/json';
import type { Target } from '../../src/deploy';
import type { TestPlatform } from '../helpers/platform';
import { deploy, eventually, startPlatform, textFrom, writeFiles } from '../helpers/platform';
import { asHeroku, herokuProviderFor } from '../helpers/platform-as-heroku';

/** The embedded platform's API on the wire, in the forms of Heroku's Platform API (version 3). */

const { signal } = new AbortController();
let platform: TestPlatform;
before(async () => {
  platform = await startPlatform();
});
after(() => platform.stop());

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly value: unknown;
}

async function ask(
  method: string,
  path: string,
  body?: unknown,
  more: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const headers = {
    accept: 'application/vnd.heroku+json; version=3',
    authorization: `Bearer ${platform.token}`,
    ...more,
  };
  const said = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) };
  const response = await fetch(platform.url + path, { method, headers, ...said });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    value: text === '' ? undefined : JSON.parse(text),
  };
}

const at = (value: unknown, ...keys: readonly string[]): unknown =>
  keys.reduce<unknown>((found, key) => (isObject(found) ? found[key] : undefined), value);

async function live(app: string, files: Readonly<Record<string, string>> = {}): Promise<Target> {
  const target = await platform.service(app, files);
  const result = await deploy(platform.provider, target);
  assert.equal(result.outcome, 'live', result.error?.message);
  return target;
}

test('a version has to be named, whoever asks is told who they are, and refusals are in Heroku’s form', async () => {
  const wrong = await ask('GET', '/apps', undefined, { accept: 'application/json' });
  assert.deepEqual([wrong.status, at(wrong.value, 'id')], [406, 'not_acceptable']);
  const account = await ask('GET', '/account', undefined, {
    accept: 'application/vnd.heroku+json; version=3.sdk',
    authorization: `Basic ${Buffer.from(`:${platform.token}`).toString('base64')}`,
  });
  assert.deepEqual([account.status, at(account.value, 'email')], [200, 'you@localhost']);
  const absent = await ask('GET', '/apps/nobody', undefined, { 'request-id': 'mine-1' });
  assert.equal(absent.status, 404);
  assert.deepEqual(Object.keys(absent.value ?? {}).toSorted(), ['id', 'message', 'servicewright']);
  assert.equal(at(absent.value, 'id'), 'not_found');
  assert.equal(absent.headers.get('request-id'), 'mine-1');
  const broken = await ask('POST', '/apps', '{');
  assert.deepEqual([broken.status, at(broken.value, 'id')], [400, 'bad_request']);
  const large = await ask('POST', '/apps', 'x'.repeat(1024 * 1024 + 1));
  assert.equal(large.status, 413);
  assert.match(large.headers.get('request-id') ?? '', /^[0-9a-f-]{36}$/);
});

test('an app is made once, found by its name and its id, and taken away with its files', async () => {
  const made = await ask('POST', '/apps', { name: 'fleeting' });
  assert.equal(made.status, 201);
  const again = await ask('POST', '/apps', { name: 'fleeting' });
  assert.deepEqual([again.status, at(again.value, 'id')], [422, 'invalid_params']);
  for (const bad of ['Upper', '../x', '1st', 'x'.repeat(80), 7])
    assert.equal((await ask('POST', '/apps', { name: bad })).status, 422, String(bad));
  const byId = await ask('GET', `/apps/${String(at(made.value, 'id'))}`);
  assert.equal(at(byId.value, 'name'), 'fleeting');
  assert.match(String(at(byId.value, 'web_url')), /^http:\/\/127\.0\.0\.1:\d+\/$/);
  assert.ok((await readdir(join(platform.home, 'apps'))).includes('fleeting'));
  assert.equal((await ask('DELETE', '/apps/fleeting')).status, 200);
  assert.equal((await ask('GET', '/apps/fleeting')).status, 404);
  assert.ok(!(await readdir(join(platform.home, 'apps'))).includes('fleeting'));
  assert.equal((await ask('POST', '/apps', { name: 'fleeting' })).status, 201, 'the name is free again');
});

test('an app that runs is taken away with its processes, and its address answers no more', async () => {
  const target = await live('leaving');
  const url = (await platform.provider.status(target, signal))?.url ?? '';
  const pid = Number(await textFrom(`${url}/pid`));
  assert.equal((await ask('DELETE', '/apps/leaving')).status, 200);
  await assert.rejects(textFrom(url));
  assert.throws(() => process.kill(pid, 0), { code: 'ESRCH' });
  const next = await deploy(platform.provider, target);
  assert.deepEqual([next.outcome, next.release], ['live', 1]);
});

test('maintenance is shown instead of what runs, outlives the platform, and ends', async () => {
  const target = await live('shut');
  const url = (await platform.provider.status(target, signal))?.url ?? '';
  const { maintenance } = platform.provider;
  assert.equal(await maintenance?.set(target, true, '', signal), true);
  const shown = await fetch(url);
  assert.deepEqual([shown.status, await shown.text()], [503, 'shut is in maintenance.\n']);
  assert.equal((await platform.provider.status(target, signal))?.maintenance, true);
  await platform.restart();
  assert.equal((await fetch(url)).status, 503);
  await maintenance?.set(target, false, '', signal);
  await eventually('it answers', async () => (await fetch(url)).ok);
  for (const body of [{}, { maintenance: 'yes' }, { name: 'other' }])
    assert.equal((await ask('PATCH', '/apps/shut', body)).status, 422);
});

test('lists come in pages, and what did not change is not sent again', async () => {
  const target = await live('paged');
  for (const value of ['1', '2', '3'])
    await platform.provider.config?.change(target, { LEVEL: value }, 'set', signal);
  const path = '/apps/paged/releases';
  const first = await ask('GET', path, undefined, { range: 'version ..; max=3, order=desc' });
  assert.equal(first.status, 206);
  const range = first.headers.get('next-range') ?? '';
  const rest = await ask('GET', path, undefined, { range });
  assert.equal(rest.status, 200);
  assert.deepEqual(
    [first.value, rest.value].flatMap((page) =>
      (page as readonly unknown[]).map((one) => at(one, 'version')),
    ),
    [4, 3, 2, 1],
  );
  const bad = await ask('GET', path, undefined, { range: 'version ..; max=0' });
  assert.deepEqual([bad.status, at(bad.value, 'id')], [416, 'bad_range']);
  const tag = rest.headers.get('etag') ?? '';
  const same = await ask('GET', path, undefined, { range, 'if-none-match': `"other", ${tag}` });
  assert.deepEqual([same.status, same.value], [304, undefined]);
  const current = await ask('GET', `${path}/v4`);
  assert.deepEqual(
    ['current', 'status', 'description', 'eligible_for_rollback'].map((key) => at(current.value, key)),
    [true, 'succeeded', 'set', false],
  );
  const byId = await ask('GET', `${path}/${String(at(current.value, 'id'))}`);
  assert.equal(at(byId.value, 'version'), 4);
  assert.deepEqual((await ask('GET', `${path}/2/config-vars`)).value, { LEVEL: '1' });
  assert.equal((await ask('GET', `${path}/9`)).status, 404);
  assert.equal((await ask('GET', `${path}/9/config-vars`)).status, 404);
});

test('the words of a build and of its release are read without the token, and from the middle', async () => {
  await live('spoken', { Procfile: 'release: echo migrating\nweb: exec python3 serve.py\n' });
  const [build] = (await ask('GET', '/apps/spoken/builds')).value as readonly unknown[];
  assert.deepEqual(
    ['status', 'stack'].map((key) => at(build, key)),
    ['succeeded', 'local'],
  );
  const url = String(at(build, 'output_stream_url'));
  const all = await (await fetch(url)).text();
  assert.match(all, /^==> snapshot\n\d+ files/);
  assert.doesNotMatch(all, /migrating/);
  const rest = await fetch(url, { headers: { range: 'bytes=4-' } });
  assert.deepEqual([rest.status, await rest.text()], [206, all.slice(4)]);
  const beyond = await fetch(url, { headers: { range: `bytes=${all.length}-` } });
  assert.equal(await beyond.text(), '');
  const events = await fetch(url, { headers: { accept: 'text/event-stream', 'last-event-id': '1' } });
  assert.equal(events.headers.get('content-type'), 'text/event-stream');
  assert.match(await events.text(), /^id: 2\ndata: \d+ files[^\n]*\n\nid: 3\n/);
  const release = await ask('GET', `/apps/spoken/releases/${String(at(build, 'release', 'id'))}`);
  assert.match(await textFrom(String(at(release.value, 'output_stream_url'))), /migrating/);
  const forged = new URL(url);
  forged.pathname = forged.pathname.replace('/build', '/events');
  assert.equal((await fetch(forged)).status, 404);
});

test('a source is taken at its address, compared with its hash, and nothing of it is left', async () => {
  await ask('POST', '/apps', { name: 'sent' });
  const source = await ask('POST', '/sources');
  const put = String(at(source.value, 'source_blob', 'put_url'));
  assert.equal((await fetch(put, { method: 'PUT', body: 'no archive' })).status, 200);
  const url = String(at(source.value, 'source_blob', 'get_url'));
  for (const [blob, why] of [
    [{ url, checksum: 'SHA256:00' }, /another checksum/],
    [{ url }, /no gzipped tar/],
    [{ url: 'https://example.com/x.tgz' }, /must be an address that POST \/sources gave/],
    [{}, /source_blob\.url must be an address/],
  ] as const) {
    const refused = await ask('POST', '/apps/sent/builds', { source_blob: blob });
    assert.equal(refused.status, 422, JSON.stringify(blob));
    assert.match(stringAt(refused.value, 'message') ?? '', why);
  }
  const target = await platform.service('sent');
  const provider = herokuProviderFor(platform);
  const result = await deploy(provider, asHeroku(platform, target));
  assert.equal(result.outcome, 'live', result.error?.message);
  await eventually('it is cleared', async () => {
    const left = await readdir(join(platform.home, 'sources'));
    return left.every((name) => !name.startsWith('tree-'));
  });
});

test('whatever else the client of Heroku can do, it can do here', async () => {
  const target = asHeroku(
    platform,
    await platform.service('whole', { Procfile: 'web: exec python3 serve.py\nworker: exec sleep 1000\n' }),
  );
  const provider = herokuProviderFor(platform);
  const { config, scaling, runs, maintenance, domains } = provider;
  assert.ok(config && scaling && maintenance && domains && runs);
  assert.deepEqual(
    (await provider.plan?.(target, {}, signal))?.notes.map(({ code }) => code),
    ['deploy/new-app'],
  );
  assert.equal((await deploy(provider, target)).outcome, 'live');
  assert.deepEqual(await config.change(target, { GREETING: 'hello' }, '', signal), { GREETING: 'hello' });
  assert.deepEqual(await config.read(target, 2, signal), { GREETING: 'hello' });
  assert.deepEqual((await provider.previewRollback?.(target, 1, signal))?.config.removed, ['GREETING']);
  const now = await scaling.scale(target, [{ type: 'worker', quantity: 2 }], '', signal);
  assert.deepEqual(
    now.map(({ type, quantity, size }) => `${type}=${quantity}:${size}`),
    ['web=1:local', 'worker=2:local'],
  );
  await assert.rejects(scaling.scale(target, [{ type: 'web', size: '2X' }], '', signal), {
    code: 'deploy/refused',
  });
  await scaling.restart(target, 'worker.1', '', signal);
  await assert.rejects(scaling.restart(target, 'clock.1', '', signal), { name: 'UserError' });
  const said: string[] = [];
  for await (const line of runs.run(target, 'cat version.txt; echo $GREETING $DYNO $COLUMNS', '', signal))
    said.push(line);
  assert.deepEqual(said, ['1', 'hello run.1 120']);
  await assert.rejects(async () => {
    for await (const _line of runs.run(target, '(exit 3)', '', signal));
  }, /exit code 3/);
  assert.deepEqual(await domains.list(target, signal), []);
  await assert.rejects(domains.add(target, 'example.com', signal), /takes no domains/);
  assert.equal(await maintenance.set(target, true, '', signal), true);
  assert.equal(await maintenance.set(target, false, '', signal), true);
  const to = asHeroku(platform, await platform.service('whole-live'));
  const promoted = await deployed(provider, to, { from: { app: 'whole', release: 1 } });
  assert.equal(promoted, 'live');
});

async function deployed(
  provider: ReturnType<typeof herokuProviderFor>,
  target: Target,
  request: Parameters<typeof provider.deploy>[1],
): Promise<string> {
  let outcome = '';
  for await (const event of provider.deploy(target, request, signal))
    if (event.type === 'finished') outcome = event.outcome;
  return outcome;
}

test('one type is scaled and started again by itself, and one command is ended by its name', async () => {
  const target = await live('parts', { Procfile: 'web: exec python3 serve.py\nworker: exec sleep 1000\n' });
  const scaled = await ask('PATCH', '/apps/parts/formation/worker', { quantity: 2 });
  assert.deepEqual([scaled.status, at(scaled.value, 'quantity')], [200, 2]);
  assert.equal((await ask('PATCH', '/apps/parts/formation/clock', { quantity: 2 })).status, 404);
  const image = { updates: [{ type: 'web', docker_image: 'sha256:00' }] };
  assert.equal((await ask('PATCH', '/apps/parts/formation', image)).status, 422);
  assert.equal((await ask('PATCH', '/apps/parts/formation', { updates: [{ type: 'worker' }] })).status, 200);
  const pidOf = async (name: string): Promise<unknown> => {
    const dyno = await ask('GET', `/apps/parts/dynos/${name}`);
    return at(dyno.value, 'servicewright', 'pid');
  };
  await eventually('all run', async () => (await pidOf('worker.2')) !== undefined);
  const before = [await pidOf('web.1'), await pidOf('worker.1'), await pidOf('worker.2')];
  assert.equal((await ask('DELETE', '/apps/parts/formations/worker')).status, 202);
  const after = await eventually('both are new', async () => {
    const now = [await pidOf('web.1'), await pidOf('worker.1'), await pidOf('worker.2')];
    return now.every((pid) => pid !== undefined) && now[1] !== before[1] && now[2] !== before[2] && now;
  });
  assert.equal(after[0], before[0], 'web goes on');
  const run = await ask('POST', '/apps/parts/dynos', { command: 'echo begun; exec sleep 1000' });
  assert.deepEqual([run.status, at(run.value, 'name'), at(run.value, 'type')], [201, 'run.1', 'run']);
  await eventually('it says so in the log', async () => {
    const lines: string[] = [];
    for await (const line of platform.provider.logs(target, { tail: false, lines: 50 }, signal))
      lines.push(line);
    return lines.some((line) => line.endsWith('app[run.1]: begun'));
  });
  assert.equal((await ask('POST', '/apps/parts/dynos/run.1/actions/stop')).status, 202);
  await eventually('it is gone', async () => (await ask('GET', '/apps/parts/dynos/run.1')).status === 404);
  assert.equal((await ask('POST', '/apps/parts/dynos', { command: ' ' })).status, 422);
});

test('a session of the log is of what was asked for, and of nothing else', async () => {
  const target = await live('told', {
    Procfile: 'web: exec python3 serve.py\nworker: echo working; exec sleep 1000\n',
  });
  const read = async (body: object): Promise<string> => {
    const session = await ask('POST', '/apps/told/log-sessions', body);
    assert.equal(session.status, 201);
    return textFrom(String(at(session.value, 'logplex_url')));
  };
  await eventually('the worker speaks', async () => (await read({ type: 'worker' })).includes('working'));
  assert.doesNotMatch(await read({ dyno_name: 'worker.1' }), /\[web/);
  assert.doesNotMatch(await read({ source: 'heroku' }), / app\[/);
  assert.equal((await read({ lines: 1 })).trim().split('\n').length, 1);
  assert.equal((await ask('POST', '/apps/told/log-sessions', { lines: 'all' })).status, 422);
  await writeFiles(target.dir, { 'version.txt': '2' });
});

test('the database of a service is told to whoever holds the token', async () => {
  await live('stored', { 'settings.py': "import os\nURL = os.environ['DATABASE_URL']\n" });
  const { value } = await ask('GET', '/servicewright/apps/stored/database');
  assert.match(String(at(value, 'url')), /^postgres:\/\/svc_stored:[^@]+@127\.0\.0\.1:\d+\/svc_stored$/);
  await live('plain');
  assert.deepEqual((await ask('GET', '/servicewright/apps/plain/database')).value, { url: null });
  assert.equal((await fetch(`${platform.url}/servicewright/apps/stored/database`)).status, 401);
});

test('an app is stopped and started again, and its address stays', async () => {
  const target = await live('paused');
  const url = (await platform.provider.status(target, signal))?.url ?? '';
  const own = '/servicewright/apps/paused';
  const stopped = await ask('POST', `${own}/stop`);
  assert.deepEqual([stopped.status, at(stopped.value, 'servicewright', 'state')], [200, 'stopped']);
  assert.equal((await fetch(url)).status, 503);
  assert.deepEqual((await ask('GET', '/apps/paused/dynos')).value, []);
  await platform.restart();
  assert.equal((await fetch(url)).status, 503, 'what was stopped stays so');
  await ask('POST', `${own}/start`);
  await eventually('it serves', async () => (await fetch(url)).ok);
  assert.equal(at((await ask('GET', '/servicewright')).value, 'pid'), process.pid);
});
