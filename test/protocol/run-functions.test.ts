import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { cli } from '../helpers/cli';
import { Server, pulling } from './lsp-client';

const spec = `openapi: 3.1.0
info: { title: Orders, version: 1.0.0 }
paths:
  /orders:
    get:
      x-owner: team
      responses: { '200': { $ref: '#/components/responses/Ok' } }
components:
  responses:
    Ok: { description: fine }
`;

/** A rule set in which each function is asked of the title, or of what is given. */
const ruleset = (functions: Readonly<Record<string, string>>): string =>
  [
    `functions: [${Object.keys(functions).join(', ')}]`,
    'rules:',
    ...Object.entries(functions).map(
      ([name, given]) => `  x-${name}: { given: '${given}', then: { function: ${name} } }`,
    ),
    '',
  ].join('\n');

const functions = {
  'common.js':
    "const { word } = require('./lib/words.cjs'); module.exports = (value, options, context) => value['x-owner'] === word ? [] : [{ message: `not ${word}`, path: [...context.path, 'x-owner'] }];",
  'lib/words.cjs': "exports.word = 'shop';",
  'module.js':
    "import { shown } from './lib/shown.mjs'; export default (value, _, context) => [{ message: shown(value, context) }];",
  'lib/shown.mjs':
    "export const shown = (value, { path, rule, document, documentInventory }) => [path.join(' '), value.description, rule.name, Object.keys(document.data).join(), documentInventory.resolved.paths['/orders'].get.responses['200'].description].join(' | ');",
  'odd.js':
    "const { detectDialect, extractDraftVersion } = require('@stoplight/spectral-formats'); module.exports = () => [{ message: [detectDialect({}), detectDialect({ $schema: 'http://json-schema.org/draft-07/schema#' }), extractDraftVersion('https://json-schema.org/draft/2020-12/schema')].join(), path: ['info', 'title', ['no', 'key']] }];",
  'later.mjs': "export default async () => [{ message: 'later', path: ['nowhere', 'at', 'all'] }];",
  'env.cjs':
    'module.exports = () => [{ message: JSON.stringify(process.env) + JSON.stringify(process.argv.slice(2)) }];',
  'throws.js': "module.exports = () => { throw new Error('no title today.\\nmore'); };",
  'nonsense.js': 'module.exports = () => [{ text: 1 }];',
  'huge.js':
    "module.exports = () => Array.from({ length: 50_000 }, (_, at) => ({ message: String(at).padEnd(1e4, '.'), path: ['paths', '/orders'] }));",
  'prints.js':
    "const fs = require('node:fs'); module.exports = () => { console.log('PRINTED'); console.error('PRINTED'); process.stdout.write('PRINTED'); fs.writeSync(1, 'PRINTED'); fs.writeSync(2, 'PRINTED'); return []; };",
  'leaves.js': 'module.exports = () => process.exit(0);',
  'loops.js': 'module.exports = () => { for (;;); };',
  'eats.js':
    'module.exports = () => { const all = []; for (;;) all.push(new Array(100_000).fill(all.length)); };',
  'broken.js': 'module.exports = (',
  'empty.js': 'exports.value = 1;',
} as const;

describe('functions of rule sets', () => {
  let dir = '';
  const put = async (path: string, text: string): Promise<void> => {
    await mkdir(dirname(join(dir, path)), { recursive: true });
    await writeFile(join(dir, path), text);
  };
  const uri = (path: string): string => pathToFileURL(join(dir, path)).href;
  const lint = async (...args: readonly string[]): Promise<readonly string[]> => {
    const { stdout, stderr } = await cli(['lint', ...args, 'openapi.yaml'], {
      cwd: dir,
      env: { SECRET_WORD: 'x' },
    });
    assert.equal(stderr, '');
    return stdout.trimEnd().split('\n').slice(0, -1);
  };

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'servicewright-code-'));
    await put('openapi.yaml', spec);
    for (const [name, text] of Object.entries(functions)) await put(`functions/${name}`, text);
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));

  test('CommonJS and ES modules find what they look for, at its place', async () => {
    await put(
      '.spectral.yaml',
      ruleset({ common: '$.paths[*].get', module: '$.paths[*].*.responses[*]', later: '$', env: '$.info' }),
    );
    assert.deepEqual(await lint('--run-functions'), [
      'openapi.yaml:1:1: warning: x-later: later (x-later)',
      'openapi.yaml:2:1: warning: x-env: {}[] (x-env)',
      'openapi.yaml:6:7: warning: x-common: not shop (x-common)',
      'openapi.yaml:10:5: warning: x-module: paths /orders get responses 200 | fine | x-module | openapi,info,paths,components | fine (x-module)',
    ]);
  });

  test('a path may end in what is no key, and what Spectral’s own functions ask of its formats is there', async () => {
    await put('.spectral.yaml', ruleset({ odd: '$' }));
    assert.deepEqual(await lint('--run-functions'), [
      'openapi.yaml:2:9: warning: x-odd: ,draft7,draft2020-12 (x-odd)',
    ]);
  });

  test('references into other files are followed; what stands there is told where this file leads there', async () => {
    await put(
      'openapi.yaml',
      "openapi: 3.1.0\ninfo: { title: a, version: '1' }\npaths:\n  /a: { $ref: './parts/a.yaml' }\n",
    );
    await put('parts/a.yaml', "get:\n  responses:\n    '200': { $ref: 'ok.yaml#/Ok' }\n");
    await put('parts/ok.yaml', "Ok: { $ref: '#/Inner' }\nInner: { description: inside }\n");
    await put(
      'functions/inside.js',
      "module.exports = (value, _, { path, documentInventory: { resolved } }) => [{ message: [value.responses['200'].description, path.join(' '), resolved.paths['/a'].get.responses['200'].description].join(' | ') }];",
    );
    await put('.spectral.yaml', ruleset({ inside: '$.paths[*].get' }));
    assert.deepEqual(await lint('--run-functions'), [
      'openapi.yaml:4:15: warning: x-inside: inside | paths /a get | inside (x-inside)',
    ]);
  });

  test('what goes wrong is told once, where the function is called, and ends nothing', async () => {
    await put(
      '.spectral.yaml',
      ruleset({
        throws: '$..*',
        nonsense: '$',
        leaves: '$',
        prints: '$',
        broken: '$',
        empty: '$',
        gone: '$',
        common: '$.paths[*].get',
      }),
    );
    const told = await lint('--run-functions');
    const all = told.join('\n');
    assert.equal(told.length, 7, all);
    assert.match(
      all,
      /\.spectral\.yaml:1: The function `broken` can't be used: its file does not load \(Unexpected end of input\)\. Mend functions\/broken\.js and save it\./,
    );
    assert.match(all, /\.spectral\.yaml:1: The function `empty` can't be used: its file exports no function/);
    assert.match(all, /\.spectral\.yaml:1: There is no functions\/gone\.js for the function `gone`; make it/);
    assert.match(
      all,
      /\.spectral\.yaml:3: The function `throws` .*: it threw “no title today” \(at #\/openapi\)/,
    );
    assert.match(
      all,
      /\.spectral\.yaml:4: The function `nonsense` .*: it gave a finding whose `message` is no text/,
    );
    assert.match(
      all,
      /\.spectral\.yaml:5: The function `leaves` .*: it ended the worker that it ran in at #/,
    );
    assert.match(all, /:6:7: warning: x-common: not shop/);
    assert.doesNotMatch(all, /PRINTED/);
  });

  test('a huge answer is cut, and that is said', async () => {
    await put('.spectral.yaml', ruleset({ huge: '$' }));
    const told = await lint('--run-functions');
    assert.equal(told.length, 1001);
    assert.match(
      told[0] ?? '',
      /info: \.spectral\.yaml:3: The function `huge` found 50000 things at one place; 1000 are shown\./,
    );
    assert.ok((told[1]?.length ?? 0) < 2200);
  });

  test('without the flag nothing runs, and that is said', async () => {
    await put(
      'functions/touch.js',
      "require('node:fs').writeFileSync(__dirname + '/touched', ''); module.exports = () => [];",
    );
    await put('.spectral.yaml', ruleset({ touch: '$' }));
    const told = await lint();
    assert.match(
      told.join('\n'),
      /What `functions` names \(.*\) is JavaScript, which is not run here.*`--run-functions`/,
    );
    assert.ok(!(await readdir(join(dir, 'functions'))).includes('touched'));
    await lint('--run-functions');
    assert.ok(
      (await readdir(join(dir, 'functions'))).includes('touched'),
      'what would be seen is seen when it runs',
    );
  });

  describe('in the editor', () => {
    let server: Server;
    const said = async (of = 'openapi.yaml'): Promise<readonly string[]> =>
      (await server.diagnostics(uri(of))).map(
        ({ range, severity, code, message }) =>
          `${range.start.line + 1}:${range.start.character + 1} ${severity} ${code}: ${JSON.stringify(message)}`,
      );
    const start = async (isTrusted: boolean): Promise<void> => {
      await server.initialize(pulling, { isTrusted });
      await server.configure({ runFunctions: true });
      await server.open(uri('openapi.yaml'), spec);
    };

    beforeEach(() => {
      server = new Server();
    });
    afterEach(async () => {
      assert.equal(await server.stop(), 0);
    });

    test('a workspace that is not trusted never has a worker; trust that is given later is heeded', async () => {
      await put(
        'functions/touch.js',
        "require('node:fs').writeFileSync(__dirname + '/touched', ''); module.exports = () => [{ message: 'ran' }];",
      );
      await put('.spectral.yaml', ruleset({ touch: '$.info' }));
      const before = await threadsOf(server);
      await start(false);
      assert.match((await said()).join('\n'), /Nothing of a workspace runs in Restricted Mode/);
      await server.open(uri('.spectral.yaml'), ruleset({ touch: '$.info' }));
      assert.match((await said('.spectral.yaml')).join('\n'), /Restricted Mode/);
      assert.ok(!(await readdir(join(dir, 'functions'))).includes('touched'));
      const untrusted = await threadsOf(server);
      await server.connection.sendNotification('servicewright/trust', { isTrusted: true });
      await server.until(() => (server.refreshes > 0 ? true : undefined));
      assert.match((await said()).join('\n'), /^2:1 2 x-touch: "x-touch: ran"$/);
      assert.ok((await readdir(join(dir, 'functions'))).includes('touched'));
      const trusted = await threadsOf(server);
      assert.ok(
        before === undefined || untrusted === undefined || trusted === undefined || trusted > untrusted,
      );
    });

    test('the setting is off by itself', async () => {
      await put('.spectral.yaml', ruleset({ common: '$.paths[*].get' }));
      await server.initialize(pulling, { isTrusted: true });
      await server.open(uri('openapi.yaml'), spec);
      assert.match((await said()).join('\n'), /`servicewright\.guidelines\.runFunctions`/);
    });

    test('the same is found as on the command line, and a saved function is heeded, what it imports too', async () => {
      const text = ruleset({
        common: '$.paths[*].get',
        module: '$.paths[*].*.responses[*]',
        later: '$',
        throws: '$',
      });
      await put('.spectral.yaml', text);
      await start(true);
      const { stdout } = await cli(['lint', '--run-functions', '--format', 'json', 'openapi.yaml'], {
        cwd: dir,
      });
      const { files }: { files: readonly { findings: readonly Record<string, unknown>[] }[] } =
        JSON.parse(stdout);
      const mine = (await server.diagnostics(uri('openapi.yaml'))).map(({ range, message }) => ({
        range,
        message,
      }));
      assert.deepEqual(
        mine,
        files[0]?.findings.map(({ range, message }) => ({ range, message })),
        stdout,
      );
      await server.open(uri('.spectral.yaml'), text);
      const inConfig = await said('.spectral.yaml');
      assert.deepEqual(
        inConfig.map((one) => one.replace(/:.*/s, '')),
        ['6'],
        inConfig.join('\n'),
      );
      await put('functions/lib/words.cjs', "exports.word = 'team';");
      await server.changed(uri('functions/lib/words.cjs'));
      await server.until(() => (server.refreshes > 0 ? true : undefined));
      assert.doesNotMatch((await said()).join('\n'), /x-common/);
    });

    test('endless loops and greed are stopped, told, and stay stopped until a file is saved', async () => {
      await put('.spectral.yaml', ruleset({ loops: '$..*', eats: '$', common: '$.paths[*].get' }));
      await start(true);
      const first = (await said()).join('\n');
      assert.match(
        first,
        /\.spectral\.yaml:3: The function `loops` .*: it did not come to an end within 1 s at #\/openapi, or it needed too much memory\./,
      );
      assert.match(first, /\.spectral\.yaml:4: The function `eats` /);
      assert.match(first, /not shop/);
      await server.edit(uri('openapi.yaml'), 'fine', 'good');
      assert.equal((await said()).join('\n'), first);
      await put('functions/loops.js', 'module.exports = () => [];');
      await server.changed(uri('functions/loops.js'));
      await server.until(() => (server.refreshes > 0 ? true : undefined));
      assert.doesNotMatch((await said()).join('\n'), /loops/);
    });
  });
});

/** How many threads the server has; undefined where the system does not say. */
async function threadsOf({ process: { pid } }: Server): Promise<number | undefined> {
  return new Promise((done) => {
    execFile('ps', ['-o', 'nlwp=', '-p', String(pid)], (error, stdout) =>
      done(error === null ? Number(stdout) : undefined),
    );
  });
}
