import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { findings, levels, loaded, problemsOf } from '../config/helpers';
import { whole } from '../helpers';

const at = (text: string): Readonly<Record<string, string>> => ({ '/w/.spectral.yaml': text });
const spec = whole(`paths:
  /orders:
    get:
      operationId: listOrders
      x-owner: shop
      responses: { '200': { description: ok } }
`);

const told = async (text: string, description = spec): Promise<readonly string[]> =>
  (await findings(at(text), description)).map(
    ({ rule, severity, message }) => `${severity} ${rule}: ${message}`,
  );

describe('.spectral.yaml', () => {
  test('spectral:oas is Spectral’s set with its severities; what it leaves off is off', async () => {
    const all = await levels(at('extends: spectral:oas\n'));
    assert.equal(all['path-params-defined'], 'error');
    assert.equal(all['info-contact'], 'warning');
    assert.equal(all['tag-description'], undefined);
    assert.equal(all['path-kebab-case'], undefined, 'rules that Spectral does not have are off');
    assert.equal((await levels(at('extends: [[spectral:oas, all]]\n')))['tag-description'], 'warning');
    assert.equal(
      (await levels(at('extends: [[spectral:oas, off]]\nrules: { info-contact: true }\n')))['info-contact'],
      'warning',
    );
  });

  test('severities in words, numbers and switches', async () => {
    const all = await levels(
      at(
        'extends: spectral:oas\nrules:\n  info-contact: off\n  operation-operationId: 0\n  tag-description: hint\n  openapi-tags-uniqueness: warn\n',
      ),
    );
    assert.equal(all['info-contact'], undefined);
    assert.equal(all['operation-id'], 'error');
    assert.equal(all['tag-description'], 'hint');
    assert.equal(all['tags-unique'], 'warning');
  });

  test('rules with given and then run, with aliases, messages and severities', async () => {
    const text = `aliases:
  Operation: ['#PathItem[get,post]']
  PathItem: ['$.paths[*]']
rules:
  x-team:
    description: Operations name their team.
    message: '{{description}} {{property}} is missing'
    severity: error
    given: '#Operation'
    then: { field: x-team, function: truthy }
`;
    assert.deepEqual(await told(text), ['error x-team: Operations name their team. x-team is missing']);
  });

  test('a rule of its own in the place of one of Spectral’s', async () => {
    const text = `extends: spectral:oas
rules:
  operation-operationId:
    given: $.paths[*][*]
    then: { field: operationId, function: pattern, functionOptions: { match: '^get' } }
`;
    const all = await levels(at(text));
    assert.equal(all['operation-id'], undefined);
    assert.equal(all['operation-operationId'], 'warning');
  });

  test('rule sets that are files and packages', async () => {
    const files = {
      '/w/.spectral.yaml':
        'extends: [./rules/team.yaml, team-rules, "@stoplight/spectral-owasp-ruleset"]\nrules: { x-team: off }\n',
      '/w/rules/team.yaml':
        'extends: [[spectral:oas, off]]\nrules:\n  info-contact: error\n  x-team: { given: $, then: { field: x, function: truthy } }\n',
      '/w/node_modules/team-rules/package.json': '{"main": "dist/rules.json"}',
      '/w/node_modules/team-rules/dist/rules.json':
        '{"rules": {"x-more": {"given": "$", "then": {"field": "x-more", "function": "truthy"}}}}',
    };
    const all = await levels(files);
    assert.equal(all['info-contact'], 'error');
    assert.equal(all['x-team'], undefined);
    assert.equal(all['x-more'], 'warning');
    assert.equal(all['server-https'], 'error');
    assert.deepEqual(await problemsOf(files), []);
  });

  test('the OWASP set by the names of its rules, where it does not run', async () => {
    const text = `extends: ["@stoplight/spectral-owasp-ruleset"]
rules:
  owasp:api4:2023-string-limit: off
  owasp:api4:2023-array-limit: hint
  owasp:api8:2019-define-error-validation: true
overrides:
  - { files: [legacy.yaml], rules: { owasp:api2:2023-no-http-basic: off } }
`;
    const all = await levels(at(text));
    assert.equal(all['string-limit'], undefined);
    assert.equal(all['array-limit'], 'hint');
    assert.equal(all['validation-response'], 'warning');
    assert.equal(all['no-basic-auth'], 'error');
    assert.equal((await levels(at(text), '/w/legacy.yaml'))['no-basic-auth'], undefined);
    assert.deepEqual(await problemsOf(at(text)), []);
  });

  test('overrides by file', async () => {
    const text =
      'extends: spectral:oas\noverrides:\n  - files: ["legacy/**"]\n    rules: { info-contact: off }\n';
    assert.equal((await levels(at(text), '/w/legacy/a.yaml'))['info-contact'], undefined);
    assert.equal((await levels(at(text)))['info-contact'], 'warning');
  });

  test('formats and documentation of all rules at once', async () => {
    const rule = '{ given: $, then: { field: x-a, function: truthy } }';
    const text = `formats: [oas2]\ndocumentationUrl: https://example.com/rules\nrules:\n  x-all: ${rule}\n  x-new: { formats: [oas3], ${rule.slice(1)}\n`;
    assert.deepEqual(
      (await told(text)).map((one) => one.split(':')[0]),
      ['warning x-new'],
    );
    const { custom } = await loaded(at(text));
    assert.deepEqual(
      custom.map(({ source }) => source.url),
      ['https://example.com/rules#x-all', 'https://example.com/rules#x-new'],
    );
    const own = `documentationUrl: https://example.com/rules\nrules:\n  x-a: { documentationUrl: 'https://example.com/a', ${rule.slice(1)}\n`;
    assert.equal((await loaded(at(own))).custom[0]?.source.url, 'https://example.com/a');
  });

  test('aliases with targets', async () => {
    const text = `aliases:
  Team:
    description: Where a team is named.
    targets: [{ formats: [oas3], given: ['$.paths[*][get]'] }]
rules: { x-team: { given: '#Team', then: { field: x-team, function: truthy } } }
`;
    assert.deepEqual((await told(text)).length, 1);
    assert.match(
      (await problemsOf(at("rules: { x-a: { given: '#Gone', then: { function: truthy } } }\n"))).join(),
      /This is not taken/,
    );
  });

  test('parserOptions', async () => {
    const twice = spec.replace(
      '      operationId: listOrders\n',
      '      operationId: listOrders\n      operationId: again\n',
    );
    const found = async (options: string): Promise<readonly string[]> =>
      (
        await told(
          `extends: [[spectral:oas, off]]\nparserOptions: ${options}\nrules: { x: { given: $, then: { function: truthy } } }\n`,
          twice,
        )
      ).map((one) => one.split(':')[0] ?? '');
    assert.deepEqual(await found('{ duplicateKeys: warn }'), ['warning duplicate-key']);
    assert.deepEqual(await found('{ duplicateKeys: off }'), []);
    assert.match(
      (await problemsOf(at('parserOptions: { duplicateKeys: loud, incompatibleValues: off }\n'))).join('\n'),
      /A severity is[^]*`incompatibleValues` is not understood|`incompatibleValues` is not understood[^]*A severity is/,
    );
  });

  test('except, by file and by place, of Spectral’s rules and those of the team', async () => {
    const rules =
      "rules: { x-team: { given: '$.paths[*][*]', then: { field: x-team, function: truthy } } }\n";
    assert.equal((await told(rules)).length, 1);
    assert.deepEqual(await told(`${rules}except: { 'api/openapi.yaml': [x-team] }\n`), []);
    assert.deepEqual(
      await told(`${rules}except: { 'api/openapi.yaml#/paths/~1orders/get': [x-team] }\n`),
      [],
    );
    assert.equal(
      (await told(`${rules}except: { 'api/openapi.yaml#/paths/~1other': [x-team], 'b.yaml': [x-team] }\n`))
        .length,
      1,
    );
    const all = await levels(at("extends: spectral:oas\nexcept: { 'api/**': [info-contact] }\n"));
    assert.equal(all['info-contact'], undefined);
  });

  test('code is not run, and that is said; the rest holds', async () => {
    const text = `extends: [spectral:oas, ./more.js, gone-package]
functions: [mine]
rules:
  x-mine: { given: $, then: { function: mine } }
  info-contact: error
  no-such-rule: error
`;
    const problems = (await problemsOf(at(text))).map((one) => one.replace('/w/.spectral.yaml:', ''));
    assert.match(problems.join('\n'), /1: `\.\/more\.js` is JavaScript, which is not run here/);
    assert.match(problems.join('\n'), /1: The package `gone-package` is in no node_modules folder/);
    assert.match(
      problems.join('\n'),
      /2: What `functions` names \(`mine`\) is JavaScript, .*`--run-functions`/,
    );
    assert.match(problems.join('\n'), /4: `x-mine` calls the function `mine`, which is not run here/);
    assert.match(problems.join('\n'), /6: `no-such-rule` of Spectral has no counterpart here/);
    assert.equal((await levels(at(text)))['info-contact'], 'error');
    const script = await loaded({ '/w/.spectral.js': 'module.exports = {};' });
    assert.match(script.problems[0]?.message ?? '', /`\.spectral\.js` is JavaScript, which is not run/);
    const [first] = await findings({ '/w/.spectral.js': 'module.exports = {};' }, spec);
    assert.equal(`${first?.severity} ${first?.rule}`, 'info configuration');
  });

  test('what breaks callers is told of beside it: Spectral has nothing like that', async () => {
    const all = await levels(at('extends: spectral:oas\n'));
    assert.equal(all['breaking-path-removed'], 'error');
    assert.equal(
      (await levels({ '/w/.servicewright/guidelines.yaml': 'extends: []\n' }))['breaking-path-removed'],
      undefined,
    );
  });

  test('ours goes before it, and can extend it', async () => {
    const files = {
      ...at('extends: spectral:oas\n'),
      '/w/.servicewright/guidelines.yaml': 'extends: [../.spectral.yaml]\nrules: { path-kebab-case: hint }\n',
    };
    const all = await levels(files);
    assert.equal(all['path-kebab-case'], 'hint');
    assert.equal(all['path-params-defined'], 'error');
    assert.equal(
      (await levels({ ...files, '/w/.servicewright/guidelines.yaml': 'extends: []\n' }))['info-contact'],
      undefined,
    );
  });

  test('JSON', async () => {
    const all = await levels({
      '/w/.spectral.json': '{"extends": "spectral:oas", "rules": {"info-contact": "off"}}',
    });
    assert.equal(all['info-contact'], undefined);
    assert.equal(all['path-params-defined'], 'error');
  });
});
