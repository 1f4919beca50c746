import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parse } from 'yaml';
import { isObject, isString, stringAt } from '../../../src/base/json';

interface Snippet {
  readonly file: string;
  readonly prefix: string;
  readonly description: string;
  readonly body: string;
}

const files = ['django', 'makefile', 'procfile', 'compose'] as const;

function read(file: string): readonly Snippet[] {
  const value: unknown = JSON.parse(readFileSync(`snippets/${file}.json`, 'utf8'));
  assert.ok(isObject(value));
  return Object.values(value).map((one) => {
    const body: unknown = isObject(one) ? one['body'] : undefined;
    assert.ok(Array.isArray(body) && body.every(isString), file);
    return {
      file,
      prefix: stringAt(one, 'prefix') ?? '',
      description: stringAt(one, 'description') ?? '',
      body: body.join('\n'),
    };
  });
}

/** What a snippet inserts when each tab stop is left as it is: the first choice, the default, or nothing. */
function expand(body: string): string {
  let text = body.replaceAll(String.raw`\$`, '\u0000').replaceAll(/\$\{\d+\|([^,|]*)[^|]*\|\}/g, '$1');
  for (let before = ''; before !== text;) {
    before = text;
    text = text.replaceAll(/\$\{\d+:([^${}]*)\}/g, '$1');
  }
  return text.replaceAll(/\$\d+/g, '').replaceAll('\u0000', '$');
}

const all = files.flatMap(read);
const expanded = (file: string): readonly string[] => read(file).map((one) => expand(one.body));

test('there are at least twelve, each with its own prefix and a description', () => {
  assert.ok(all.length >= 12);
  assert.equal(new Set(all.map((one) => one.prefix)).size, all.length);
  for (const one of all) {
    assert.match(one.prefix, /^sw-[a-z-]+$/);
    assert.match(one.description, /\w{3}.*\w$/, one.prefix);
  }
});

test('tab stops are numbered from 1 without gaps and end at $0', () => {
  for (const one of all) {
    const stops = new Set(
      [...one.body.replaceAll(String.raw`\$`, '').matchAll(/\$\{?(\d+)/g)].map((found) => Number(found[1])),
    );
    assert.deepEqual(
      [...stops].sort((a, b) => a - b),
      Array.from({ length: stops.size }, (_, index) => index),
      one.prefix,
    );
  }
});

test('nothing of the snippet syntax is left after expanding', () => {
  for (const one of all) assert.doesNotMatch(expand(one.body), /\$\{\d|\|\}|\\\$/, one.prefix);
});

test('Makefile recipes begin with a tab and keep their dollars', () => {
  const help = expanded('makefile').find((text) => text.startsWith('.DEFAULT_GOAL')) ?? '';
  assert.ok(help.includes('substr($$0, 5)') && help.includes('$(firstword $(MAKEFILE_LIST))'));
  for (const text of expanded('makefile')) assert.doesNotMatch(text, /^ +\S/m);
});

test('Procfile lines are processes', () => {
  for (const text of expanded('procfile'))
    for (const line of text.trim().split('\n')) assert.match(line, /^[a-z]+: \S/);
});

test('compose snippets are YAML', () => {
  for (const text of expanded('compose')) assert.ok(isObject(parse(text, { merge: true })));
});
