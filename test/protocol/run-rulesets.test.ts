import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { cli } from '../helpers/cli';

const spec = `openapi: 3.1.0
info: { title: orders, version: 1.0.0 }
paths:
  /orders: { get: { responses: { '200': { description: fine } } } }
`;

describe('rule sets that are JavaScript', () => {
  let dir = '';
  const put = async (path: string, text: string): Promise<void> => {
    await mkdir(dirname(join(dir, path)), { recursive: true });
    await writeFile(join(dir, path), text);
  };
  const lint = async (...args: readonly string[]): Promise<readonly string[]> => {
    const { stdout, stderr } = await cli(['lint', ...args, 'openapi.yaml'], { cwd: dir });
    assert.equal(stderr, '');
    return stdout.trimEnd().split('\n').slice(0, -1);
  };

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'servicewright-rulesets-'));
    await put('openapi.yaml', spec);
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));

  test('rules, what they extend, formats and functions, without any of Spectral’s packages', async () => {
    await put(
      '.spectral.mjs',
      `import { oas } from '@stoplight/spectral-rulesets';
import { truthy, pattern, undefined as absent } from '@stoplight/spectral-functions';
import { oas2, oas3 } from '@stoplight/spectral-formats';
import { createRulesetFunction } from '@stoplight/spectral-core';

const upper = createRulesetFunction({ input: { type: 'string' }, options: null }, (value, _, context) =>
  pattern(value, { match: '^[A-Z]' }, context).map((one) => ({ ...one, message: 'begin large' })),
);
const base = { rules: { 'x-base': { given: '$.info', severity: 'error', then: { field: 'x-id', function: truthy } } } };
base.extends = base;

export default {
  extends: [[oas, 'off'], base, './more.cjs'],
  aliases: { Info: ['$.info'] },
  rules: {
    'info-contact': 'hint',
    'x-title': { given: '#Info', then: { field: 'title', function: upper } },
    'x-number': { given: '$', then: { field: 'paths', function: upper } },
    'x-two': { formats: [oas2], given: '$', then: { function: () => [{ message: 'two' }] } },
    'x-three': {
      formats: [oas3],
      given: '$.info',
      then: { field: 'version', function: (_, __, { document }) => document.formats.has(oas3) && !document.formats.has(oas2) ? [{ message: 'three' }] : [] },
    },
    'x-match': { given: '$.info', then: { field: 'title', function: pattern, functionOptions: { match: /^[A-Z]/i } } },
    'x-absent': { given: '$.info', then: { field: 'version', function: absent } },
  },
};
`,
    );
    await put(
      'more.cjs',
      `const { falsy } = require('@stoplight/spectral-functions');
module.exports = { rules: { 'x-more': { message: '{{property}}: {{error}}', given: '$.paths[*]', then: { field: '@key', function: (key) => [{ message: 'saw ' + key }] } }, 'x-falsy': { given: '$.info', then: { field: 'gone', function: falsy } } } };
`,
    );
    assert.deepEqual(await lint('--run-functions'), [
      'openapi.yaml:2:1: hint: Name the team that looks after this API in `contact`, with a mail address or a page. (info-contact)',
      'openapi.yaml:2:1: error: x-base: `x-id`, it must be there and not be empty. (x-base)',
      'openapi.yaml:2:9: warning: x-title: begin large (x-title)',
      'openapi.yaml:2:24: warning: x-absent: `version`, it must not be there. (x-absent)',
      'openapi.yaml:2:24: warning: x-three: three (x-three)',
      'openapi.yaml:4:14: warning: get: saw get (x-more)',
    ]);
    const [only] = await lint();
    assert.match(only ?? '', /`\.spectral\.mjs` is JavaScript, which is not run here.*--run-functions/);
  });

  test('what is installed goes before what stands in for it, but for functions that are our own too', async () => {
    const install = async (name: string, code: string): Promise<void> => {
      await put(`node_modules/@stoplight/${name}/package.json`, '{ "main": "index.js" }');
      await put(`node_modules/@stoplight/${name}/index.js`, code);
    };
    await install('spectral-functions', "exports.falsy = () => [{ message: 'the installed one' }];");
    await install(
      'spectral-core',
      "exports.createRulesetFunction = () => () => [{ message: 'the installed core' }];",
    );
    await put('node_modules/team/package.json', '{ "name": "team", "main": "rules.js" }');
    await put(
      'node_modules/team/rules.js',
      `const { falsy } = require('@stoplight/spectral-functions');
const { createRulesetFunction } = require('@stoplight/spectral-core');
const core = createRulesetFunction({ input: null, options: null }, () => undefined);
module.exports = { rules: {
  'x-core': { given: '$.info', then: { function: core } },
  'x-falsy': { given: '$.info', then: { field: 'title', function: falsy } },
} };`,
    );
    await put('.spectral.yaml', 'extends: team\n');
    const told = await lint('--run-functions');
    assert.equal(told.length, 2, told.join('\n'));
    assert.match(told.join('\n'), /x-core: the installed core \(x-core\)/);
    assert.match(told.join('\n'), /x-falsy: (?!the installed)/);
  });

  test('one that does not load, is none, or is TypeScript is told of', async () => {
    await put(
      '.spectral.yaml',
      'extends: [./a.mjs, ./b.mjs, ./c.ts]\nrules: { x-own: { given: $.info, then: { field: x, function: truthy } } }\n',
    );
    await put('a.mjs', 'export default {');
    await put('b.mjs', 'export default 1;');
    await put('c.ts', 'export default {};');
    await put('d/openapi.yaml', spec);
    await put(
      'd/.spectral.mjs',
      "export default { rules: { 'x-d': { given: '$[?(', then: { function: () => [] } } } };",
    );
    const all = (await lint('--run-functions', '--fail-on', 'never')).join('\n');
    assert.match(
      all,
      /a\.mjs:1: The rule set `a\.mjs` can't be used: its file does not load \(Unexpected end of input\)\. Mend it and save it\./,
    );
    assert.match(all, /b\.mjs:1: The rule set `b\.mjs` can't be used: it exports no rule set/);
    assert.match(all, /c\.ts:1: `c\.ts` is TypeScript/);
    assert.match(all, /x-own/);
    const { code, stderr } = await cli(['lint', '--run-functions', 'openapi.yaml'], { cwd: join(dir, 'd') });
    assert.equal(code, 2);
    assert.match(stderr, /\.spectral\.mjs:1:1: In `rules\.x-d\.given`: This is not taken: a bracket/);
  });
});
