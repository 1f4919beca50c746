import assert from 'node:assert/strict';
import { readlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Target } from '../../src/deploy';
import type { TestPlatform } from '../helpers/platform';
import { deploy, startPlatform, textFrom, writeFiles } from '../helpers/platform';

/** Node services, with npm's own registry. */

let platform: TestPlatform;
before(async () => {
  platform = await startPlatform();
});
after(() => platform.stop());

const server = `const ms = require('ms');
require('http')
  .createServer((request, answer) => answer.end(ms('2 days') + ' ' + require('./built.json').version))
  .listen(process.env.PORT, '127.0.0.1');
`;
const manifest = (scripts: Readonly<Record<string, string>>): string =>
  JSON.stringify({ name: 'shop', private: true, version: '1.0.0', scripts, dependencies: { ms: '2.1.3' } });
const build = `node -e "fs.writeFileSync('built.json', JSON.stringify({version: 'built'}))"`;

async function service(name: string, files: Readonly<Record<string, string>>): Promise<Target> {
  const dir = join(platform.home, '..', 'node-services', name);
  await writeFiles(dir, files);
  return {
    app: name,
    environment: { name: 'local', platform: 'embedded', protected: false, config: {} },
    dir,
  };
}

const logOf = ({ events }: Awaited<ReturnType<typeof deploy>>): string =>
  events.map((one) => (one.type === 'log' ? one.text : '')).join('\n');

test('packages are installed once, the build script runs, and npm start is the process where no Procfile says otherwise', async () => {
  const target = await service('shop', {
    'package.json': manifest({ start: 'node server.js', build }),
    'server.js': server,
  });
  const first = await deploy(platform.provider, target);
  assert.equal(first.outcome, 'live', first.error?.message);
  assert.match(logOf(first), /Installing package\.json with npm[^]*Running npm run build/);
  assert.equal(await textFrom(first.url ?? ''), '172800000 built');
  assert.deepEqual((await platform.provider.releases(target, new AbortController().signal))[0]?.processes, {
    web: 'npm start',
  });
  await writeFile(join(target.dir, 'server.js'), server.replace("' ' +", "' again ' +"));
  const next = await deploy(platform.provider, target);
  assert.equal(next.outcome, 'live', next.error?.message);
  assert.match(logOf(next), /Packages of package\.json are installed already/);
  assert.equal(await textFrom(next.url ?? ''), '172800000 again built');
});

test('what the release brings stands before what the machine has: its tools are on the PATH', async () => {
  const target = await service('tools', {
    'package.json': manifest({ build }),
    'server.js': server,
    Procfile: 'web: exec node server.js\n',
  });
  assert.equal((await deploy(platform.provider, target)).outcome, 'live');
  const path: string[] = [];
  const { signal } = new AbortController();
  for await (const event of platform.provider.runs?.exec?.(target, { command: 'pwd; echo $PATH' }, signal) ??
    [])
    if (event.type === 'out') path.push(event.text);
  const [slug = '', first = ''] = path;
  assert.ok(first.startsWith(`${slug}/node_modules/.bin:`), first);
  assert.match(await readlink(join(slug, 'node_modules')), /venvs\/node-[0-9a-f]{20}\/node_modules$/);
});

test('a package that does not exist, a broken manifest and a failing build say so; the release before goes on', async () => {
  const target = await service('failing', {
    'package.json': manifest({ start: 'node server.js', build }),
    'server.js': server,
  });
  const { url = '' } = await deploy(platform.provider, target);
  for (const [text, code, said] of [
    ['{', 'embedded/broken-package-json', /The package\.json can't be read/],
    [
      manifest({ start: 'node server.js', build: 'echo no good; exit 3' }),
      'embedded/build-failed',
      /script build/,
    ],
    [
      manifest({ start: 'x' }).replace('2.1.3', '99.99.99'),
      'embedded/build-failed',
      /packages of package\.json/,
    ],
  ] as const) {
    await writeFile(join(target.dir, 'package.json'), text);
    const result = await deploy(platform.provider, target);
    assert.deepEqual([result.outcome, result.error?.code], ['failed', code]);
    assert.match(result.error?.message ?? '', said);
    assert.equal(await textFrom(url), '172800000 built');
  }
});
