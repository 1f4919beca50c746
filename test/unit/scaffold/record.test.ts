import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sha256 } from '../../../src/base/hash';
import { readRecord, writeRecord } from '../../../src/scaffold/record';
import type { TemplateRecord } from '../../../src/scaffold/record';

const record: TemplateRecord = {
  id: 'django-service',
  version: '1.1.0',
  source: 'git+https://host/x.git#v3:django',
  commit: '0123abc',
  answers: { name: 'orders', python: '3.12', on: 'yes', ci: ['circleci'], none: [], sentry: true },
  files: { Makefile: 'ff', '.circleci/config.yml': 'ee' },
};
const block = `template:
  id: django-service
  version: 1.1.0
  source: git+https://host/x.git#v3:django
  commit: 0123abc
  answers:
    name: orders
    python: "3.12"
    "on": "yes"
    ci:
      - circleci
    none: []
    sentry: true
  files:
    .circleci/config.yml: ee
    Makefile: ff
`;

test('a record is written and read again', () => {
  const text = writeRecord('name: orders\n', record);
  assert.equal(text, `name: orders\n\n${block}`);
  assert.deepEqual(readRecord(text), record);
  assert.equal(writeRecord('', record), block);
  const { commit: _commit, ...plain } = record;
  assert.deepEqual(readRecord(writeRecord(text, plain)), plain);
});

test('every other line of the manifest stays as it is', () => {
  const before = `# mine\nname:   "orders"   # the name\nlist:\n- a\n-   b\n\n`;
  const old = `template:\n  id: x\n  version: 0.1.0\n\n  answers: { a: b }\n`;
  const after = `\n# about environments\nenvironments:\n    local: { platform: embedded }  # here\n`;
  assert.equal(writeRecord(before + old + after, record), before + block + after);
  assert.equal(writeRecord(before + block + after, record), before + block + after);
  assert.equal(writeRecord(`${old}name: a\n`, record), `${block}name: a\n`);
  assert.equal(writeRecord('name: a\ntemplate:\n', record), `name: a\n${block}`);
  assert.equal(writeRecord('name: a\ntemplate: { id: x, version: y }', record), `name: a\n${block}`);
});

test('comments in the block stay with what they are about, and those of what went at the end of it', () => {
  const before = `name: orders

template: # made by us
  id: django-service # the model
  version: 1.0.0
  source: bundled
  # Decided in March,
  # by all of us.
  answers:
    name: orders
    # not yet
    python: "3.11" # the image's
    gone: a # went
    ci:
      # both
      - github
      - circleci # the first
  # hashes
  files:
    Makefile: aa # edited by hand
    # ours

# behind
environments: {}
`;
  const after = `name: orders

template:
  # made by us
  id: django-service # the model
  version: 1.1.0
  source: git+https://host/x.git#v3:django
  commit: 0123abc
  # Decided in March,
  # by all of us.
  answers:
    name: orders
    # not yet
    python: "3.12" # the image's
    "on": "yes"
    ci:
      # both
      - circleci # the first
    none: []
    sentry: true
    # went
  # hashes
  files:
    .circleci/config.yml: ee
    Makefile: ff # edited by hand
    # ours

# behind
environments: {}
`;
  assert.equal(writeRecord(before, record), after);
  const again = after.replace('    # went\n', '');
  assert.equal(writeRecord(again, record), again);
  const windows = (text: string): string => text.replaceAll('\n', '\r\n');
  assert.equal(writeRecord(windows(before), record), windows(after));
});

test('line ends of Windows stay', () => {
  const windows = (text: string): string => text.replaceAll('\n', '\r\n');
  assert.equal(
    writeRecord(windows('name: a\ntemplate:\n  id: b\nz: 1\n'), record),
    windows(`name: a\n${block}z: 1\n`),
  );
});

test('a manifest in braces keeps its braces', () => {
  const text = writeRecord('{ "name": "orders", "template": { "id": "x", "version": "1" } }\n', record);
  assert.match(text, /^\{.*\}\s*$/s);
  assert.deepEqual(readRecord(text), record);
});

const bomb = `a: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b]\ntemplate: { id: x, version: 1.0.0, answers: [*c,*c,*c,*c] }\n`;

test('what is no mapping is refused, what holds no record gives none', () => {
  for (const text of ['- a\n', 'a: [\n', 'text'])
    assert.throws(() => writeRecord(text, record, '/s/servicewright.yaml'), {
      code: 'scaffold/broken-record',
      message: /\/s\/servicewright\.yaml/,
    });
  for (const text of ['', 'name: a', 'template: x', 'template: { id: a }', 'a: [', '- a', bomb])
    assert.equal(readRecord(text), undefined, text);
});

test('a record of an older tool is of a bundled template and knows no files', () => {
  assert.deepEqual(
    readRecord('template:\n  id: a\n  version: 1.0.0\n  answers:\n    name: x\n    port: 80\n    odd: {}\n'),
    { id: 'a', version: '1.0.0', source: 'bundled', answers: { name: 'x', port: '80' }, files: {} },
  );
});

test('a hash is that of the standard', async () => {
  // FIPS 180-4, the example of "abc".
  assert.equal(
    await sha256(new TextEncoder().encode('abc')),
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  );
});
