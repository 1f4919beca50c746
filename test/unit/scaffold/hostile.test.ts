import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UserError } from '../../../src/base/errors';
import { silentLog } from '../../../src/base/log';
import type { FileKind } from '../../../src/base/ports';
import type { Answers, Listing } from '../../../src/scaffold';
import { assembleTemplate, createService, readTemplate } from '../../../src/scaffold';
import { parseAnswers } from '../../../src/scaffold/manifest';
import { memoryFiles } from '../../helpers/files';
import { memoryTrees } from '../../helpers/trees';

/** Templates that mean harm: each is refused with a clear error, and nothing is written, run or asked of the network. */

type Texts = Readonly<Record<string, string>>;

const head = 'id: bad\nversion: 1.0.0\ntitle: Bad\ndescription: Means harm.\n';
const name = 'inputs:\n  - { key: name, title: Name, prompt: A name. }\n';
const plain: Texts = { 'template.yaml': head + name, 'files/a.txt': 'a' };
const encoder = new TextEncoder();
const listing = (texts: Texts): Listing =>
  new Map(
    Object.entries(texts).map(([path, text]) => [path, { bytes: encoder.encode(text), executable: false }]),
  );

async function make(texts: Texts, answers: Answers): Promise<void> {
  const template = assembleTemplate(listing(texts), { dir: '/t/bad', source: 'git+https://host/bad.git' });
  const trees = memoryTrees();
  const dir = '/srv/shop';
  const never = async () => assert.fail('a template from elsewhere runs nothing');
  try {
    await createService(template, dir, answers, {
      files: memoryFiles({}),
      trees,
      processes: { run: never, runInteractive: never, find: never },
      http: { send: never },
      log: silentLog,
      now: () => new Date(0),
      signal: new AbortController().signal,
    });
  } catch (error) {
    assert.deepEqual([trees.made.size, trees.changed.length], [0, 0], 'nothing is written');
    throw error;
  }
}

interface Case {
  readonly texts: Texts;
  readonly why: RegExp;
  readonly answers?: Answers;
}

const file = (path: string, text = 'x'): Texts => ({ ...plain, [`files/${path}`]: text });
const rendered = (text: string, more: Texts = {}): Texts => ({ ...file('b.txt.hbs', text), ...more });
const manifest = (text: string): Texts => ({ ...plain, 'template.yaml': head + text });
const input = (more: string): Texts =>
  manifest(`inputs:\n  - { key: name, title: Name, prompt: A., ${more} }\n`);
const bomb = [
  'a: &a [x,x,x,x,x,x,x,x,x,x]',
  'b: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]',
  'c: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]',
  'd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]',
  'e: [*d,*d,*d,*d,*d,*d,*d,*d,*d,*d]\n',
].join('\n');
const choices = Array.from({ length: 400 }, (_, at) => `v${at}`);
const many = `inputs:\n  - { key: name, title: N, prompt: N. }\n  - { key: ci, type: multi-choice, title: C, prompt: C., choices: [${choices.join()}], default: [${choices.join()}] }\n`;

const cases: Readonly<Record<string, Case>> = {
  'a path out of the folder': { texts: file('../../etc/cron.d/x'), why: /leaves the folder of the service/ },
  'a path out of the folder in the middle': { texts: file('a/../../x'), why: /leaves the folder/ },
  'an absolute path': { texts: file('/etc/passwd'), why: /is an absolute path/ },
  'a drive of Windows': { texts: file('C:/Windows/x'), why: /is an absolute path/ },
  'a path of Windows': { texts: file('a\\..\\..\\x'), why: /may not hold everywhere/ },
  'a path by way of an answer': {
    texts: file('__name__/x'),
    answers: { name: '../../x' },
    why: /leaves the folder of the service|is an absolute path/,
  },
  'an absolute path by way of an answer': {
    texts: file('__name__'),
    answers: { name: '/etc/x' },
    why: /absolute/,
  },
  'a path by way of a computed value': {
    texts: { ...file('__up__/x'), 'template.yaml': `${head}${name}computed: { up: '..' }\n` },
    why: /leaves the folder/,
  },
  'a hook of git': { texts: file('.git/hooks/post-commit'), why: /belongs to git/ },
  'a hook of git by another spelling': { texts: file('GIT~1/hooks/post-commit'), why: /belongs to git/ },
  'a hook of git by its template spelling': { texts: file('dot_git/config'), why: /belongs to git/ },
  'a device of Windows': { texts: file('aux.txt'), why: /names a device on Windows/ },
  'a device of Windows with a number': { texts: file('docs/COM1'), why: /names a device/ },
  'a stream of a file': { texts: file('a.txt:hidden'), why: /may not hold everywhere/ },
  'names that differ in case': {
    texts: { ...file('A.TXT') },
    why: /is in the way of "A\.TXT"|in the way of "a\.txt"/,
  },
  'names that differ in how an accent is written': {
    texts: { ...file('e\u0301'), 'files/\u00e9': 'x' },
    why: /is in the way of/,
  },
  'a file that is a folder too': { texts: { ...file('a.txt/b') }, why: /is in the way of "a\.txt"/ },
  'a name that Windows shortens': { texts: file('readme.'), why: /ends with a dot/ },
  'a name with a terminal escape': {
    texts: file('\u001b[2Jx'),
    why: /"\\u001b\[2Jx", which holds a character/,
  },
  'a name that turns text around': {
    texts: file('gpj.\u202Eexe'),
    why: /"gpj\.\\u202Eexe", which holds a character/,
  },
  'a name that is too long': { texts: file('x'.repeat(300)), why: /too long/ },
  'a title with a terminal escape': {
    texts: { ...plain, 'template.yaml': head.replace('title: Bad', 'title: "\\e]0;owned\\a"') + name },
    why: /line 3, can't be used: title holds a control character/,
  },
  'a description that turns text around': {
    texts: { ...plain, 'template.yaml': head.replace('Means', '"\\u202E') + '"\n' },
    why: /description holds a control character|can't be used/,
  },
  'a prompt with a terminal escape': {
    texts: input('placeholder: "\\e[31m"'),
    why: /placeholder holds a control character/,
  },
  'a command to go on with that hides another': {
    texts: manifest(`${name}next: ["make\\rrm -rf ~"]\n`),
    why: /each of next holds a control character/,
  },
  'a key with a terminal escape': {
    texts: manifest('"\\e[2J": x\n'),
    why: /the key \\u001B\[2J is not known/,
  },
  'an answer with a terminal escape': {
    texts: plain,
    answers: { name: '\u001b[2J' },
    why: /Use one line of plain text/,
  },
  'an input called __proto__': {
    texts: manifest('inputs:\n  - { key: __proto__, title: N, prompt: N. }\n'),
    why: /nothing can be called __proto__/,
  },
  'an input called constructor': {
    texts: manifest('inputs:\n  - { key: constructor, title: N, prompt: N. }\n'),
    why: /nothing can be called constructor/,
  },
  'a computed __proto__': {
    texts: manifest(`${name}computed: { __proto__: x }\n`),
    why: /nothing can be called __proto__/,
  },
  'a key __proto__ in the manifest': {
    texts: manifest('__proto__: { id: x }\n'),
    why: /the key __proto__ is not known/,
  },
  'an answer called __proto__': {
    texts: plain,
    answers: parseAnswers('{"__proto__": "x", "name": "a"}', 'x'),
    why: /asks nothing called "__proto__"/,
  },
  'an answer called constructor': {
    texts: plain,
    answers: { constructor: 'x' },
    why: /asks nothing called "constructor"/,
  },
  'a preset that answers __proto__': {
    texts: manifest(`${name}presets:\n  - { id: a, title: A, answers: { __proto__: x } }\n`),
    why: /asks nothing called __proto__/,
  },
  'a migration of __proto__': {
    texts: manifest(`${name}migrations:\n  - { version: 1.0.0, rename: { __proto__: name } }\n`),
    why: /__proto__ is no key of an input/,
  },
  'the constructor of a value': {
    texts: rendered('{{name.constructor.name}}'),
    why: /neither asked nor computed/,
  },
  'code by way of a helper': { texts: rendered('{{lookup name "constructor"}}'), why: /lookup is no helper/ },
  'a decorator': { texts: rendered('{{* inline "x"}}'), why: /decorators/ },
  'the constructor in a condition': {
    texts: manifest(`${name}files:\n  - { match: a, when: constructor }\n`),
    why: /constructor is not asked/,
  },
  'a partial outside of partials/': {
    texts: rendered('{{> ../../secrets}}'),
    why: /takes the name of one of partials/,
  },
  'a partial that holds itself': {
    texts: rendered('{{> a}}', { 'partials/a.hbs': '{{> a}}' }),
    why: /the partial a holds itself/,
  },
  'partials that hold one another': {
    texts: rendered('{{> a}}', {
      'partials/a.hbs': '{{> b}}',
      'partials/b.hbs': '{{#if name}}{{> a}}{{/if}}',
    }),
    why: /the partial a holds itself, by way of a, b/,
  },
  'partials that multiply themselves': {
    texts: rendered(
      '{{> p6}}',
      Object.fromEntries(
        choices
          .slice(0, 8)
          .map((_, at) => [`partials/p${at}.hbs`, at === 0 ? 'xxxxxxxxxx' : `{{> p${at - 1}}}`.repeat(40)]),
      ),
    ),
    why: /it renders more than 50 MB/,
  },
  'a file of 100 MB made of loops': {
    texts: {
      ...rendered('{{#each ci}}{{#each ci}}{{#each ci}}{{this}}{{name}}{{/each}}{{/each}}{{/each}}'),
      'template.yaml': head + many,
    },
    why: /it renders more than 50 MB/,
  },
  'many files of 20 MB each': {
    texts: {
      ...plain,
      ...Object.fromEntries(
        [1, 2, 3, 4].map((at) => [`files/f${at}.hbs`, `{{> big}}{{> big}}{{> big}}{{> big}}`]),
      ),
      'partials/big.hbs': 'x'.repeat(4_000_000),
    },
    why: /the template renders more than 50 MB/,
  },
  'blocks in blocks without end': {
    texts: rendered('{{#if name}}'.repeat(20_000) + '{{/if}}'.repeat(20_000)),
    why: /it holds more than 1000 blocks/,
  },
  'blocks in blocks': {
    texts: rendered('{{#if name}}'.repeat(100) + '{{/if}}'.repeat(100)),
    why: /blocks and conditions are nested more than 64 deep/,
  },
  'parentheses in parentheses without end': {
    texts: rendered(`{{#if ${'(not '.repeat(20_000)}name${')'.repeat(20_000)}}}x{{/if}}`),
    why: /a tag is not closed, or too long/,
  },
  'braces without end': { texts: rendered('{{'.repeat(1_000_000)), why: /a tag is not closed, or too long/ },
  'more than 5,000 files': {
    texts: { ...plain, ...Object.fromEntries(Array.from({ length: 5001 }, (_, at) => [`files/${at}`, ''])) },
    why: /it holds \d+ files, more than 5000/,
  },
  'more than 20 MB': { texts: file('big', 'x'.repeat(20_000_001)), why: /its files hold \d+ bytes/ },
  'a manifest without end': {
    texts: manifest(`# ${'x'.repeat(1_000_001)}\n`),
    why: /longer than 1000000 characters/,
  },
  'a pattern that takes forever': { texts: input(`pattern: '^(a+)+$'`), why: /can take forever/ },
  'a pattern that refers back': {
    texts: input(String.raw`pattern: '^(a*)\1*$'`),
    why: /refers back|can take forever/,
  },
  'a pattern that is slow on long answers': {
    texts: input(`pattern: '.*.*.*.*x', maxLength: 1000`),
    why: /takes too long on 1000 of them/,
  },
  'an answer of a megabyte': {
    texts: input(`pattern: '^[a-z]+$'`),
    answers: { name: 'a'.repeat(1_000_000) },
    why: /Use at most 200 characters; these are 1000000/,
  },
  'answers longer than any pattern may be tried on': {
    texts: input('maxLength: 1000000'),
    why: /from 1 to 1000/,
  },
  'aliases that multiply themselves': { texts: manifest(bomb), why: /alias/ },
  'a manifest that is nested without end': {
    texts: manifest(`inputs: ${'['.repeat(50_000)}`),
    why: /can't be used/,
  },
  'a glob that takes forever': {
    texts: manifest(`${name}files:\n  - { match: '*a*a*a*a*a*a*b', class: sample }\n`),
    why: /the glob is too intricate/,
  },
  'an include out of shared/': {
    texts: manifest(`${name}include: [../../secrets]\n`),
    why: /names no folder of shared\//,
  },
  'a rename out of the folder': {
    texts: manifest(`${name}renames:\n  - { since: 1.0.0, from: ../../x, to: a.txt }\n`),
    why: /is no path of a service; it leaves the folder/,
  },
  'a tool with a path': {
    texts: manifest(`${name}constraints:\n  - { tool: ./evil, why: runs }\n`),
    why: /tool must be the name of a program on the PATH/,
  },
  'a task with a shell in it': {
    texts: manifest(`${name}actions:\n  - { type: run-task, task: 'x; rm -rf ~' }\n`),
    why: /task must be the name of one of the Makefile's targets/,
  },
  'a task that is an option of make': {
    texts: manifest(`${name}actions:\n  - { type: run-task, task: '--eval=x' }\n`),
    why: /task must be the name/,
  },
  'a hook of a shell': { texts: manifest(`${name}hooks: [rm]\n`), why: /the key hooks is not known/ },
  'an action of a shell': { texts: manifest(`${name}actions: [shell]\n`), why: /shell is no action/ },
  'a secret in a managed file': {
    texts: {
      ...rendered('{{token}}'),
      'template.yaml': `${head}inputs:\n  - { key: token, type: secret, title: T, prompt: T. }\nfiles:\n  - { match: '**', class: managed }\n`,
    },
    answers: { token: 'hush' },
    why: /token is a secret, which no managed file may hold/,
  },
  'a secret in a computed value': {
    texts: manifest(
      `inputs:\n  - { key: token, type: secret, title: T, prompt: T. }\ncomputed: { x: '{{token}}' }\n`,
    ),
    why: /token is a secret, which other values may not hold/,
  },
  'a template that calls itself shared': {
    texts: { ...plain, 'template.yaml': head.replace('id: bad', 'id: shared') },
    why: /no template can be called shared/,
  },
};

for (const [what, { texts, why, answers }] of Object.entries(cases))
  test(`${what} is refused and nothing is written`, async () => {
    const error: unknown = await make(texts, answers ?? { name: 'shop' }).then(
      () => assert.fail('it was made'),
      (thrown: unknown) => thrown,
    );
    assert.ok(error instanceof UserError, String(error));
    assert.match(error.code, /^scaffold\//);
    assert.match(error.message, why);
    // eslint-disable-next-line no-control-regex -- what a terminal would obey
    assert.doesNotMatch(error.message, /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E]/);
    assert.ok(error.message.length < 2000, 'the message is for people');
  });

test('links in a template are refused, wherever they stand', async () => {
  const texts = {
    '/t/bad/template.yaml': `${head}include: [base]\n`,
    '/t/bad/files/a.txt': 'a',
    '/t/shared/base/files/b.txt': 'b',
  };
  const plainFiles = memoryFiles(texts);
  for (const link of ['/t/bad/files', '/t/shared/base', '/t/shared/base/files', '/t/bad/files/a.txt']) {
    const files = {
      ...plainFiles,
      kind: async (path: string): Promise<FileKind | undefined> =>
        path === link ? 'symlink' : plainFiles.kind(path),
      list: async (dir: string) =>
        (await plainFiles.list(dir)).map((entry) =>
          `${dir}/${entry.name}` === link ? { ...entry, kind: 'symlink' as const } : entry,
        ),
    };
    await assert.rejects(
      readTemplate(files, { dir: '/t/bad', source: '/t/bad' }),
      { code: 'scaffold/broken-template', message: /no links and no devices/ },
      link,
    );
  }
});

test('the same templates without harm are made', async () => {
  await make({ ...rendered('{{name}}'), 'template.yaml': head + many }, { name: 'shop', ci: [] });
  await make(input(`pattern: '^[a-z]+$'`), { name: 'shop' });
});
