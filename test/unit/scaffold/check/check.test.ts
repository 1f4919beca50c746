import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Finding } from '../../../../src/scaffold/check';
import { checkTemplate } from '../../../../src/scaffold/check';
import { assembleTemplate } from '../../../../src/scaffold';
import type { ListedFile } from '../../../../src/scaffold';

const manifest = `id: tiny
version: 1.0.0
title: Tiny
description: A tiny template.
inputs:
  - { key: name, title: Name, prompt: A word., placeholder: orders, pattern: '^[a-z-]+$' }
  - { key: about, title: About, prompt: One line., default: 'The {{name}} service.' }
  - key: ci
    type: multi-choice
    title: CI
    prompt: Which?
    choices: [circleci, github]
  - key: tasks
    type: choice
    title: Tasks
    prompt: Which?
    choices: [none, celery]
  - key: broker
    type: choice
    title: Broker
    prompt: Which?
    when: tasks == celery
    choices: [redis, sqs]
  - { key: sentry, type: boolean, title: Sentry, prompt: Report errors?, default: false }
computed:
  module: '{{snake name}}'
files:
  - { match: '.ci/**', when: ci }
  - { match: 'broker.txt', when: tasks == celery }
`;
const good: Readonly<Record<string, string>> = {
  'a.yaml.hbs': 'name: {{name}}\nsentry: {{#if sentry}}true{{else}}false{{/if}}\n',
  'dot_ci/config.yml.hbs': '{{#each ci}}\n{{this}}: $\\{{ checksum "x" }}\n{{/each}}\n',
  'broker.txt.hbs': '{{broker}}\n{{{{raw}}}}\n${{ github.ref }}\n{{{{/raw}}}}\n',
  '__module__/a.py.hbs': '"""{{name}}."""\n\nNAME = "{{name}}"\n',
  'README.md.hbs': '# {{name}}\n\n{{about}}\n',
};

async function check(files: Readonly<Record<string, string>>, text = manifest): Promise<readonly Finding[]> {
  const listing = new Map<string, ListedFile>([['template.yaml', { bytes: bytes(text), executable: false }]]);
  for (const [path, content] of Object.entries({ ...good, ...files }))
    listing.set(`files/${path.replace(/\*$/, '')}`, {
      bytes: bytes(content),
      executable: path.endsWith('*'),
    });
  const template = assembleTemplate(listing, { dir: '/t', source: '/t' });
  const { findings, trials } = await checkTemplate(template, {
    manifest: text,
    signal: new AbortController().signal,
  });
  assert.ok(trials > 8);
  return findings;
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Where, what and when, in short. */
const said = (findings: readonly Finding[]): readonly string[] =>
  findings.map(
    ({ path, line, code, shown }) =>
      `${path.slice(3)}:${line + 1} ${code}${shown === '' ? '' : ` (${shown})`}`,
  );

test('a template without a fault has no finding', async () => {
  assert.deepEqual(await check({}), []);
});

/** A template with one fault, and what is found. */
const faults: readonly (readonly [
  name: string,
  files: Readonly<Record<string, string>>,
  found: readonly string[],
])[] = [
  [
    'YAML that some answers break, at the line that did it',
    { 'b.yaml.hbs': 'a: 1\n{{#if sentry}}\n# Sentry\nb: [\n{{/if}}\nc: {{name}}\n' },
    ['files/b.yaml.hbs:6 syntax (sentry is true)'],
  ],
  [
    'YAML that two answers break together',
    { 'b.yaml.hbs': 'a: 1\n{{#if (and sentry (has ci "github"))}}\na: 2\n{{/if}}\n' },
    ['files/b.yaml.hbs:3 syntax (ci=github sentry=true)'],
  ],
  [
    'JSON, also where a list leaves a comma',
    { 'b.json.hbs': '{\n  "ci": [\n{{#each ci}}\n    "{{this}}",\n{{/each}}\n    "x"\n  ],\n}\n' },
    ['files/b.json.hbs:7 syntax'],
  ],
  ['TOML that is copied', { 'b.toml': 'a = 1\nb = \n' }, ['files/b.toml:2 syntax']],
  [
    'Python',
    { 'b.py.hbs': 'import os\n{{#if (eq tasks "celery")}}\ndef {{broker}}(:\n{{/if}}\n' },
    ['files/b.py.hbs:3 syntax (tasks is celery)'],
  ],
  ['a text that nothing computes', { 'b.txt.hbs': 'a\n{{nope}}\n' }, ['files/b.txt.hbs:2 broken-template']],
  ['a bare expression of a CI file', { 'b.txt.hbs': 'a\nkey: ${{name}}\n' }, ['files/b.txt.hbs:2 delimiter']],
  [
    'an expression that was emptied',
    { 'b.txt.hbs': 'a\n$\\{{ x }}\nb: ${ {{~#if sentry}}x{{/if~}} }\n' },
    ['files/b.txt.hbs:3 emptied (sentry is false)'],
  ],
  [
    'a file that is not rendered',
    { 'b.txt': 'x\n{{snake name}} {{ arch }}\n' },
    ['files/b.txt:2 not-rendered'],
  ],
  ['an answer that is escaped', { 'b.txt.hbs': '\\{{name}}\n' }, ['files/b.txt.hbs:1 not-rendered']],
  ['a script that can not be run', { 'b.sh': '#!/bin/sh\n' }, ['files/b.sh:1 executable']],
  ['an executable that is no script', { 'b.txt*': 'x\n' }, ['files/b.txt:1 executable']],
  ['line ends of Windows', { 'b.txt': 'a\nb\r\n' }, ['files/b.txt:2 line-ends']],
  ['scripts of Windows are let be', { 'b.cmd': 'a\r\nb\r\n' }, []],
];

for (const [name, files, found] of faults)
  test(`found: ${name}`, async () => assert.deepEqual(said(await check(files)), found));

test('found: an answer that YAML reads as something else than text, with that answer alone', async () => {
  const findings = await check({ 'b.yaml.hbs': 'a: {{about}}\n' });
  assert.ok(findings.length > 0);
  for (const { path, code, shown } of findings) {
    assert.deepEqual([path, code], ['/t/files/b.yaml.hbs', 'syntax']);
    assert.match(shown, /^about=".*"$/);
    assert.doesNotMatch(shown, / (name|sentry|ci)=/);
  }
});

test('found: questions, rules and files that nothing needs, at their lines', async () => {
  const text = manifest
    .replace(
      'computed:',
      "  - { key: owner, title: Owner, prompt: Who?, placeholder: me }\ncomputed:\n  idle: '{{name}}'",
    )
    .replace(
      'files:\n',
      "files:\n  - { match: 'nothing/**', class: managed }\n  - { match: 'b.txt', when: tasks == none and broker == redis }\n",
    );
  const findings = await check({ 'b.txt': 'x\n' }, text);
  assert.deepEqual(said(findings), [
    'files/b.txt:1 never-written',
    'template.yaml:25 unused',
    'template.yaml:27 unused',
    'template.yaml:30 rule-without-file',
  ]);
});

test('a question that no guess fits is told, and nothing is tried', async () => {
  const text = manifest.replace("placeholder: orders, pattern: '^[a-z-]+$'", () => "pattern: '^Q{7}$'");
  const listing = new Map([
    ['template.yaml', { bytes: bytes(text), executable: false }],
    ['files/a.txt', { bytes: bytes('a'), executable: false }],
  ]);
  const template = assembleTemplate(listing, { dir: '/t', source: '/t' });
  const { findings, trials } = await checkTemplate(template, {
    manifest: text,
    signal: new AbortController().signal,
  });
  assert.equal(trials, 0);
  assert.ok(said(findings).includes('template.yaml:6 no-sample'));
});

test('every message is a sentence', async () => {
  const all = await Promise.all(faults.map(([, files]) => check(files).catch(() => [])));
  for (const { message } of all.flat()) assert.match(message, /^\S.*\.$/s);
});

test('a cancel ends it', async () => {
  const listing = new Map([
    ['template.yaml', { bytes: bytes(manifest), executable: false }],
    ['files/a.txt', { bytes: bytes('a'), executable: false }],
  ]);
  const template = assembleTemplate(listing, { dir: '/t', source: '/t' });
  const cancel = new AbortController();
  const seen: number[] = [];
  const onTrial = (done: number): void => {
    seen.push(done);
    cancel.abort();
  };
  await assert.rejects(checkTemplate(template, { manifest, signal: cancel.signal, onTrial }), {
    name: 'AbortError',
  });
  assert.deepEqual(seen, [1]);
});
