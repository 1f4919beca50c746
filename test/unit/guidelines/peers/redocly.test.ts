import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { findings, levels, problemsOf } from '../config/helpers';
import { whole } from '../helpers';

const at = (text: string): Readonly<Record<string, string>> => ({ '/w/redocly.yaml': text });
const spec = whole(`paths:
  /orders:
    get:
      operationId: list_orders
      responses: { '200': { description: ok } }
    post:
      summary: Order.
      operationId: createOrder
      responses: { '201': { description: ok } }
`);

describe('redocly.yaml', () => {
  test('its sets with their severities', async () => {
    const all = await levels(at('extends: [recommended]\n'));
    assert.equal(all['path-params-defined'], 'error');
    assert.equal(all['client-error-response'], 'warning');
    assert.equal(all['info-contact'], undefined);
    assert.deepEqual(await levels(at('apis: {}\n')), all, 'with nothing said, recommended holds');
    assert.equal((await levels(at('extends: [recommended-strict]\n')))['client-error-response'], 'error');
    assert.equal((await levels(at('extends: [minimal]\n')))['path-params-defined'], 'warning');
  });

  test('severities, also with options beside them', async () => {
    const all = await levels(
      at(
        'extends: [recommended]\nrules:\n  operation-summary: off\n  info-contact: { severity: warn }\n  tag-description: error\n',
      ),
    );
    assert.equal(all['operation-summary'], undefined);
    assert.equal(all['info-contact'], 'warning');
    assert.equal(all['tag-description'], 'error');
  });

  test('rules for one API', async () => {
    const text =
      'extends: [recommended]\napis:\n  main:\n    root: ./api/openapi.yaml\n    rules: { operation-summary: off }\n';
    assert.equal((await levels(at(text)))['operation-summary'], undefined);
    assert.equal((await levels(at(text), '/w/other.yaml'))['operation-summary'], 'error');
  });

  test('an older file, with everything under one key', async () => {
    assert.equal(
      (await levels(at('lint:\n  rules: { tag-description: error }\n')))['tag-description'],
      'error',
    );
  });

  test('its ignore file', async () => {
    const files = {
      ...at('rules: { operation-summary: error }\n'),
      '/w/.redocly.lint-ignore.yaml':
        "api/openapi.yaml:\n  operation-summary:\n    - '#/paths/~1orders/get'\n",
    };
    assert.equal((await findings(at('rules: { operation-summary: error }\n'), spec)).length, 1);
    assert.deepEqual(await findings(files, spec), []);
  });

  test('files that extend files and packages, each of its own kind', async () => {
    const files = {
      ...at('extends: [recommended, ./team.yaml]\nrules: { tag-description: off }\n'),
      '/w/team.yaml':
        'extends: [./base/rules.yaml]\nrules: { tag-description: error, operation-summary: off }\n',
      '/w/base/rules.yaml':
        'rules: { info-contact: warn, rule/base: { subject: Info, assertions: { required: [x-a] } } }\n',
    };
    const all = await levels(files);
    assert.equal(all['info-contact'], 'warning');
    assert.equal(all['operation-summary'], undefined);
    assert.equal(all['tag-description'], undefined);
    assert.equal(all['rule/base'], 'error');
    assert.deepEqual(await problemsOf(files), []);
    assert.match(
      (await problemsOf(at('extends: [./gone.yaml]\n'))).join(),
      /`\.\/gone\.yaml` does not exist/,
    );
    assert.match(
      (await problemsOf(at('extends: ["https://example.com/rules.yaml"]\n'))).join(),
      /is not fetched, so its rules are not checked; keep a copy/,
    );
    const round = { ...at('extends: [./a.yaml]\n'), '/w/a.yaml': 'extends: [./a.yaml]\n' };
    assert.match((await problemsOf(round)).join(), /`\.\/a\.yaml` extends itself/);
  });

  test('its ignore file names rules of the team as well, and what is gone of it does no harm', async () => {
    const rules = 'rules: { rule/mine: { subject: Operation, assertions: { required: [x-a] } } }\n';
    const ignored = (text: string): Promise<readonly unknown[]> =>
      findings({ ...at(rules), '/w/.redocly.lint-ignore.yaml': text }, spec);
    assert.equal((await ignored('')).length, 2);
    assert.equal((await ignored("api/openapi.yaml:\n  rule/mine: ['#/paths/~1orders/get']\n")).length, 1);
    assert.equal((await ignored("other.yaml:\n  rule/mine: ['#/paths/~1orders/get']\n")).length, 2);
    assert.equal((await ignored("api/openapi.yaml:\n  mine/gone: ['#/paths']\n  rule/mine: 7\n")).length, 2);
  });

  test('rules for one API, with what they extend', async () => {
    const text =
      'rules: {}\napis:\n  main@v1:\n    root: api/openapi.yaml\n    extends: [minimal]\n  other: { root: other.yaml }\n';
    assert.equal((await levels(at(text)))['path-params-defined'], 'warning');
    assert.equal((await levels(at(text), '/w/other.yaml'))['path-params-defined'], undefined);
  });

  test('plugins and rules without a counterpart are told of', async () => {
    const problems = await problemsOf(
      at(
        'extends: [recommended, mine/all]\nplugins: [./plugin.js]\nrules:\n  mine/rule: error\n  path-segment-plural: warn\n',
      ),
    );
    const text = problems.join('\n');
    assert.match(text, /:1: The plugin behind `mine\/all` is JavaScript, which is not run here/);
    assert.match(
      text,
      /:2: What `plugins` names \(`\.\/plugin\.js`\) is JavaScript, .* only Redocly itself checks\./,
    );
    assert.match(text, /:4: The plugin behind `mine\/rule`/);
    assert.match(text, /:5: `path-segment-plural` of Redocly is not checked\. Which words/);
  });
});
