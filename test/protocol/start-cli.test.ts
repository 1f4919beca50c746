import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { isObject } from '../../src/base/json';
import { allCommands } from '../../src/main/cli-commands';
import { cli } from '../helpers/cli';

describe('the command line by itself', () => {
  let dir = '';
  before(async () => {
    dir = await mkdtemp(join(tmpdir(), 'start-'));
  });
  after(() => rm(dir, { recursive: true, force: true }));

  test('--version and -V tell the version of the manifest', async () => {
    const manifest: unknown = JSON.parse(await readFile('package.json', 'utf8'));
    const wanted = `servicewright ${String(isObject(manifest) && manifest['version'])}\n`;
    for (const option of ['--version', '-V'])
      assert.deepEqual(await cli([option]), { code: 0, stdout: wanted, stderr: '' });
  });

  test('the help lists every command and tells of --version, whichever way it is asked for', async () => {
    const { code, stdout, stderr } = await cli(['--help']);
    assert.deepEqual({ code, stderr }, { code: 0, stderr: '' });
    for (const { name, summary } of await allCommands())
      assert.ok(
        stdout.split('\n').some((line) => line.startsWith(`  ${name} `) && line.endsWith(`  ${summary}`)),
        name,
      );
    assert.match(stdout, /servicewright --version/);
    for (const args of [[], ['help']]) assert.equal((await cli(args)).stdout, stdout);
  });

  test('a short command loads no part of Node that it does not need', async () => {
    const tell = join(dir, 'tell.cjs');
    await writeFile(tell, `process.on('exit', () => console.error(process.moduleLoadList.join('\\n')));`);
    const description = join(dir, 'empty.yaml');
    await writeFile(description, 'openapi: 3.1.0\n');
    for (const args of [['--help'], ['rules'], ['lint', description]]) {
      const { stderr } = await cli(args, { env: { NODE_OPTIONS: `--require ${JSON.stringify(tell)}` } });
      const loaded = stderr.split('\n');
      assert.ok(loaded.includes('NativeModule fs/promises'), 'what is loaded is told');
      for (const name of ['http', 'https', 'dns', 'child_process', 'crypto', 'readline'])
        assert.ok(!loaded.includes(`NativeModule ${name}`), `${args.join(' ')} loads node:${name}`);
    }
  });
});
