import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { parse } from 'yaml';
import { isObject, isString, stringAt } from '../../../src/base/json';
import { checkUsual } from './helpers';

/** Where each snippet goes: keys of the folders above it. The whole description stands alone. */
const places: Readonly<Record<string, readonly string[]>> = {
  'sw-openapi': [],
  'sw-list': ['paths'],
  'sw-get': ['paths'],
  'sw-create': ['paths', '/orders'],
  'sw-update': ['paths', '/orders'],
  'sw-delete': ['paths', '/orders'],
  'sw-problem': ['components', 'schemas'],
  'sw-problem-response': ['components', 'responses'],
  'sw-bearer': ['components', 'securitySchemes'],
  'sw-cursor': ['components', 'parameters'],
  'sw-webhook': ['webhooks'],
};

const info = {
  title: 'Orders',
  version: '1.0.0',
  description: 'Takes orders.',
  contact: { name: 'Shop team' },
};

function operation(extra: object, responses: object = {}): object {
  const usual = { '200': { description: 'The state' }, '400': { description: 'The request is wrong' } };
  return {
    operationId: 'getState',
    summary: 'Get the state',
    ...extra,
    responses: { ...usual, ...responses },
  };
}

/** A minimal description without the snippet, but with what uses it: a component that nothing uses is a finding, and rightly. */
function base(prefix: string, openapi: string): Readonly<Record<string, unknown>> {
  const schema = { $ref: '#/components/schemas/Problem' };
  const problem = { description: 'It is gone', content: { 'application/problem+json': { schema } } };
  const parameters = ['Cursor', 'PageSize'].map((name) => ({ $ref: `#/components/parameters/${name}` }));
  const operations: Readonly<Record<string, object>> = {
    'sw-problem': operation({}, { '410': problem }),
    'sw-problem-response': operation({}, { '410': { $ref: '#/components/responses/Problem' } }),
    'sw-bearer': operation({ security: [{ bearer_auth: [] }] }),
    'sw-cursor': operation({ parameters }),
  };
  const get = operations[prefix];
  return { openapi, info, paths: get === undefined ? {} : { '/state': { get } } };
}

interface Snippet {
  readonly prefix: string;
  readonly description: string;
  readonly text: string;
}

function read(file: string): readonly Snippet[] {
  const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
  assert.ok(isObject(value));
  return Object.values(value).map((one) => {
    const body: unknown = isObject(one) ? one['body'] : undefined;
    assert.ok(Array.isArray(body) && body.every(isString), file);
    return {
      prefix: stringAt(one, 'prefix') ?? '',
      description: stringAt(one, 'description') ?? '',
      text: expand(body.join('\n')),
    };
  });
}

/** What is inserted when each tab stop is left as it is: the first choice, the default, or nothing. */
function expand(body: string): string {
  return body
    .replaceAll(/\$\{\d+\|([^,|]*)[^|]*\|\}/g, '$1')
    .replaceAll(/\$\{\d+:([^}]*)\}/g, '$1')
    .replaceAll(/(?<!\\)\$\d+/g, '')
    .replaceAll(String.raw`\$`, '$');
}

const indent = (text: string, by: number): string => text.replaceAll(/^(?=.)/gm, ' '.repeat(by));

/** The snippet put into the base as a person would: as text, in its place. */
function inYaml(snippet: Snippet, openapi: string): string {
  const place = places[snippet.prefix] ?? [];
  if (place.length === 0) return snippet.text;
  const { paths, ...rest } = base(snippet.prefix, openapi);
  const own = place[0] === 'paths';
  const head = JSON.stringify(own ? rest : { ...rest, paths }).slice(1, -1);
  const flow = head
    .replaceAll(/(?<=^|,)"(openapi|info|paths)":/g, '\n$1: ')
    .replaceAll(/,\n/g, '\n')
    .trim();
  const keys = place.map((key, depth) => `${'  '.repeat(depth)}${key}:\n`).join('');
  return `${flow}\n${keys}${indent(snippet.text, place.length * 2)}\n`;
}

function inJson(snippet: Snippet, openapi: string): string {
  const place = places[snippet.prefix] ?? [];
  if (place.length === 0) return snippet.text;
  const { paths, ...rest } = base(snippet.prefix, openapi);
  const head = JSON.stringify(place[0] === 'paths' ? rest : { ...rest, paths }).slice(0, -1);
  const opening = place.map((key) => `"${key}": {`).join('\n');
  return `${head},\n${opening}\n${snippet.text}\n${'}'.repeat(place.length)}}`;
}

const files = [
  { file: 'snippets/openapi-yaml.json', put: inYaml, load: (text: string): unknown => parse(text) },
  { file: 'snippets/openapi-json.json', put: inJson, load: (text: string): unknown => JSON.parse(text) },
] as const;

for (const { file, put, load } of files) {
  describe(file, () => {
    const snippets = read(file);

    test('holds at least eight, each with a place, its own prefix and a description', () => {
      assert.ok(snippets.length >= 8);
      assert.deepEqual(
        snippets.map((one) => one.prefix),
        Object.keys(places),
      );
      for (const one of snippets) assert.match(one.description, /\w{3}.*\w/, one.prefix);
    });

    for (const snippet of snippets) {
      const needs31 = snippet.prefix === 'sw-openapi' || snippet.prefix === 'sw-webhook';
      for (const openapi of needs31 ? ['3.1.0'] : ['3.0.3', '3.1.0', '3.2.0']) {
        test(`${snippet.prefix} gives no finding in OpenAPI ${openapi}`, () => {
          const text = put(snippet, openapi);
          assert.ok(isObject(load(text)), text);
          assert.deepEqual(
            checkUsual(text).map((one) => `${one.range.start.line + 1}: ${one.rule}: ${one.message}`),
            [],
            text,
          );
        });
      }
    }
  });
}

test('both files hold the same snippets, saying the same', () => {
  const [yaml, json] = files.map(({ file, put, load }) =>
    read(file).map((snippet) => ({ ...snippet, text: load(put(snippet, '3.1.0')) })),
  );
  assert.deepEqual(yaml, json);
});
