import type { Scenario } from '../../helpers/update-scenario';

const ask = (key: string, more: string): string => `  - { key: ${key}, title: T, prompt: P., ${more} }`;
const name = ask('name', 'default: orders');

/** Answers that change, and versions that do. */
export const answers: readonly Scenario[] = [
  {
    name: 'an answer changed, same version',
    base: { 'a.txt.hbs': 'for {{name}}\nend\n' },
    theirs: { 'a.txt.hbs': 'for {{name}}\nend\n' },
    theirParts: { version: '1.0.0' },
    set: { name: 'items' },
  },
  {
    name: 'an answer changed and the file was edited',
    base: { 'a.txt.hbs': 'for {{name}}\n\nend\n' },
    ours: { 'a.txt': 'for orders\n\nend\nmine\n' },
    theirs: { 'a.txt.hbs': 'for {{name}}\n\nend\n' },
    theirParts: { version: '1.0.0' },
    set: { name: 'items' },
  },
  {
    name: 'an answer in a path changed: the file moves along, samples stay',
    base: { '__name__/kit.py': 'kit = "a long enough line to be told from others"\n', 'app/__name__.py': 'x\n' },
    theirs: { '__name__/kit.py': 'kit = "a long enough line to be told from others"\n', 'app/__name__.py': 'x\n' },
    theirParts: { version: '1.0.0' },
    set: { name: 'items' },
  },
  {
    name: 'an answer is refused',
    base: { 'a.txt': 'a\n' },
    theirs: { 'a.txt': 'b\n' },
    theirParts: { inputs: ask('name', "default: orders, pattern: '^[a-z]+$', message: Use letters.") },
    set: { name: '1 2' },
  },
  {
    name: 'an answer that nobody asks is refused',
    base: { 'a.txt': 'a\n' },
    theirs: { 'a.txt': 'b\n' },
    set: { nome: 'x' },
  },
  {
    name: 'a choice of CI changed: files come and go',
    base: { 'ci/circle.yml': 'circle\n', 'ci/github.yml': 'github\n', 'b.txt': 'b\n' },
    theirs: { 'ci/circle.yml': 'circle\n', 'ci/github.yml': 'github\n', 'b.txt': 'b\n' },
    baseParts: { inputs: ciInput(), rules: ciRules() },
    theirParts: { version: '1.0.0', inputs: ciInput(), rules: ciRules() },
    answers: { ci: 'circle' },
    set: { ci: 'github' },
  },
  {
    name: 'answers are renamed, filled in and split on the way',
    base: { 'a.txt.hbs': '{{paas}} {{database}}\n' },
    theirs: { 'a.txt.hbs': '{{platform}} {{engine}} {{dbVersion}} {{extra}}\n' },
    baseParts: { inputs: [ask('paas', 'default: heroku'), ask('database', 'default: pg13')].join('\n') },
    theirParts: {
      inputs: ['platform', 'engine', 'dbVersion', 'extra'].map((key) => ask(key, 'default: none')).join('\n'),
      yaml: `migrations:
  - version: 1.1.0
    rename: { paas: platform }
    default: { extra: yes-please }
    split: { database: { into: { engine: { pg12: postgres, pg13: postgres }, dbVersion: { pg12: '12', pg13: '13' } } } }`,
    },
    answers: { paas: 'empire' },
  },
  {
    name: 'migrations of versions that were passed before are not made again',
    base: { 'a.txt.hbs': '{{extra}}\n' },
    theirs: { 'a.txt.hbs': 'now {{extra}}\n' },
    baseParts: { inputs: ask('extra', 'default: mine') },
    theirParts: {
      inputs: ask('extra', 'default: mine'),
      yaml: 'migrations:\n  - { version: 1.0.0, default: { extra: old } }\n  - { version: 1.2.0, default: { extra: later } }',
    },
  },
  {
    name: 'a question is gone, and one without a default is new',
    base: { 'a.txt': 'a\n' },
    theirs: { 'a.txt': 'b\n' },
    baseParts: { inputs: [name, ask('old', 'default: x')].join('\n') },
    theirParts: { inputs: [name, ask('owner', 'maxLength: 9')].join('\n') },
  },
  {
    name: 'the new question is answered',
    base: { 'a.txt': 'a\n' },
    theirs: { 'a.txt.hbs': '{{owner}}\n' },
    baseParts: { inputs: [name, ask('old', 'default: x')].join('\n') },
    theirParts: { inputs: [name, ask('owner', 'maxLength: 9')].join('\n') },
    set: { owner: 'team' },
  },
];

function ciInput(): string {
  return ask('ci', 'type: choice, choices: [circle, github]');
}

function ciRules(): string {
  return `  - { match: 'ci/circle.yml', when: ci == circle }
  - { match: 'ci/github.yml', when: ci == github }
  - { match: '**', class: managed }`;
}

/** Older versions, bases that can't be had, records of older tools. */
export const versions: readonly Scenario[] = [
  {
    name: 'an older template is refused',
    base: { 'a.txt': 'new\n' },
    theirs: { 'a.txt': 'old\n' },
    baseParts: { version: '2.0.0' },
    lost: true,
  },
  {
    name: 'going back on purpose',
    base: { 'a.txt': '1\n2\n3\nnew\n', 'new.txt': 'n\n' },
    ours: { 'a.txt': 'mine\n2\n3\nnew\n' },
    theirs: { 'a.txt': '1\n2\n3\nnew\n', 'new.txt': 'n\n' },
    baseParts: { version: '2.0.0' },
    theirParts: { version: '2.0.0' },
    others: [{ version: '1.0.0', files: { 'a.txt': '1\n2\n3\nold\n' } }],
    to: '1.0.0',
  },
  {
    name: 'going back over a rename',
    base: { 'b.py': 'print("one")\nprint("two")\nprint("three")\n' },
    ours: { 'b.py': 'print("one")\nprint("two")\nprint("mine")\n' },
    theirs: { 'b.py': 'print("one")\nprint("two")\nprint("three")\n' },
    baseParts: { version: '2.0.0', yaml: 'renames:\n  - { since: 2.0.0, from: a.py, to: b.py }' },
    theirParts: { version: '2.0.0', yaml: 'renames:\n  - { since: 2.0.0, from: a.py, to: b.py }' },
    others: [{ version: '1.0.0', files: { 'a.py': 'print("one")\nprint("two")\nprint("three")\n' } }],
    to: '1.0.0',
  },
  {
    name: 'to a version in between',
    base: { 'a.txt': '1\n' },
    theirs: { 'a.txt': '3\n' },
    theirParts: { version: '1.2.0' },
    others: [{ version: '1.1.0', files: { 'a.txt': '2\n' } }],
    to: '1.1.0',
  },
  {
    name: 'to a version that is not there',
    base: { 'a.txt': '1\n' },
    theirs: { 'a.txt': '2\n' },
    to: '7.0.0',
  },
  {
    name: 'the old version is gone: untouched files are known by their hashes, edited ones are conflicts',
    base: { 'a.txt': 'a\n', 'b.txt': 'one\ntwo\nthree\n', 'c.txt': 'c\n', 'gone.txt': 'g\n', 'kept.txt': 'k\n' },
    ours: { 'b.txt': 'one\nmine\nthree\n', 'c.txt': null, 'kept.txt': 'mine\n' },
    theirs: { 'a.txt': 'A\n', 'b.txt': 'one\ntheirs\nthree\n', 'c.txt': 'C\n', 'new.txt': 'n\n' },
    lost: true,
  },
  {
    name: 'the old version is gone, and so is nobody’s base: samples are not written',
    base: { 'a.txt': 'a\n' },
    theirs: { 'a.txt': 'a\n', 'app/new.py': 'x\n' },
    lost: true,
  },
  {
    name: 'a folder that gives something else under the same version: one file is lost, the others merge',
    base: { 'a.txt': 'a\n', 'b.txt': '1\n2\n3\n', 'c.txt': '1\n2\n3\n' },
    ours: { 'b.txt': 'mine\n2\n3\n', 'c.txt': 'mine\n2\n3\n' },
    theirs: { 'a.txt': 'A\n', 'b.txt': '1\n2\nthree\n', 'c.txt': '1\n2\nthree\n' },
    lost: { 'a.txt': 'changed\n', 'b.txt': '1\n2\n3\n', 'c.txt': 'changed\n2\n3\n' },
  },
  {
    name: 'a record of an older tool has no hashes',
    base: { 'a.txt': 'a\n', 'b.txt': '1\n2\n3\n', 'c.txt': 'c\n', 'd.txt': 'd\n' },
    ours: { 'b.txt': 'mine\n2\n3\n', 'c.txt': null },
    theirs: { 'a.txt': 'A\n', 'b.txt': '1\n2\nthree\n', 'c.txt': 'C\n' },
    old: true,
  },
  {
    name: 'a record of an older tool, and its version is gone',
    base: { 'a.txt': 'a\n', 'b.txt': 'b\n' },
    theirs: { 'a.txt': 'a\n', 'b.txt': 'B\n' },
    old: true,
    lost: true,
  },
  {
    name: 'no record at all',
    base: { 'a.txt': 'a\n' },
    ours: { 'servicewright.yaml': 'name: orders\n' },
    theirs: { 'a.txt': 'b\n' },
  },
  {
    name: 'no manifest at all',
    base: { 'a.txt': 'a\n' },
    ours: { 'servicewright.yaml': null },
    theirs: { 'a.txt': 'b\n' },
  },
  {
    name: 'recorded paths that leave the service are not looked at',
    base: { 'a.txt': 'a\n' },
    ours: {
      'servicewright.yaml':
        'name: orders\ntemplate:\n  id: tiny\n  version: 1.0.0\n  files:\n    ../secret: 00\n    servicewright.yaml: 00\n    .git/config: 00\n    a.txt: 87428fc522803d31065e7bce3cf03fe475096631e5e07bbd7a0fde60c4cf25c7\n',
    },
    theirs: { 'a.txt': 'b\n' },
  },
];
