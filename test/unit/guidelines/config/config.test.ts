import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Plan } from '../../../../src/guidelines/config/plan';
import { allRules } from '../../../../src/guidelines/rules/index.gen';
import { whole } from '../helpers';
import { faults, findings, levels, loaded, problemsOf } from './helpers';

const own = '/w/.servicewright/guidelines.yaml';
const recommended = allRules.filter((rule) => rule.presets.includes('recommended')).map((rule) => rule.id);

describe('which configuration holds', () => {
  test('recommended where there is none', async () => {
    assert.deepEqual(Object.keys(await levels({})).toSorted(), recommended.toSorted());
  });

  test('the nearest upward from the file', async () => {
    const files = {
      '/w/.servicewright/guidelines.yaml': 'rules: { info-contact: error }\n',
      '/w/api/.servicewright/guidelines.yaml': 'rules: { info-contact: hint }\n',
    };
    assert.equal((await levels(files))['info-contact'], 'hint');
    assert.deepEqual((await loaded(files, '/w/other')).found, [own]);
    assert.deepEqual((await loaded(files, '/elsewhere')).found, []);
  });

  test('a folder that lets nobody look into it holds none', async () => {
    const plan = new Plan(
      await import('../../../../src/guidelines/config/find').then(({ configFor }) =>
        configFor('/w', () => Promise.reject(new Error('EACCES: permission denied')), 'recommended'),
      ),
    );
    assert.deepEqual(plan.loaded.problems, []);
    assert.ok(plan.optionsFor('/w/a.yaml').rules?.length === recommended.length);
  });
});

describe('what a configuration says', () => {
  const say = (text: string): Promise<Readonly<Record<string, string>>> => levels({ [own]: text });

  test('severities, off, and rules that recommended leaves out', async () => {
    const all = await say('rules:\n  info-contact: error\n  operation-id: off\n  path-no-version: warning\n');
    assert.equal(all['info-contact'], 'error');
    assert.equal(all['operation-id'], undefined);
    assert.equal(all['path-no-version'], 'warning');
    assert.equal(all['unresolved-ref'], 'error', 'recommended holds unless extends says otherwise');
  });

  test('extends: presets and files, later over earlier; nothing but the reading of the text when empty', async () => {
    assert.deepEqual(Object.keys(await say('extends: []\n')), ['suppression', 'syntax']);
    const files = {
      [own]: 'extends: [zalando, ../shared/team.yaml]\nrules: { path-no-verbs: hint }\n',
      '/w/shared/team.yaml': 'extends: []\nrules: { path-no-verbs: error, tag-description: error }\n',
    };
    const all = await levels(files);
    assert.equal(all['path-no-verbs'], 'hint');
    assert.equal(all['tag-description'], 'error');
    assert.ok('path-kebab-case' in all && !('unknown-field' in all));
  });

  test('overrides hold for their files, also those of an extended file', async () => {
    const files = {
      [own]:
        'extends: [./base.yaml]\noverrides:\n  - files: "legacy/**"\n    rules: { path-kebab-case: off }\n',
      '/w/.servicewright/base.yaml': 'overrides:\n  - files: [v1.yaml]\n    rules: { info-contact: off }\n',
    };
    assert.equal((await levels(files))['path-kebab-case'], 'warning');
    assert.equal((await levels(files, '/w/legacy/a/openapi.yaml'))['path-kebab-case'], undefined);
    assert.equal((await levels(files, '/w/api/v1.yaml'))['info-contact'], undefined);
  });

  test('options change what a rule finds', async () => {
    const text = whole(
      'components:\n  schemas:\n    Order:\n      type: object\n      properties:\n        order_id: { type: string }\n',
    );
    const config = (casing: string): Record<string, string> => ({
      [own]: `extends: []\nrules:\n  property-casing: { severity: error, casing: ${casing} }\n`,
    });
    assert.deepEqual(await findings(config('snake_case'), text), []);
    const [found] = await findings(config('camelCase'), text);
    assert.equal(`${found?.rule} ${found?.severity}`, 'property-casing error');
    assert.match(found?.message ?? '', /`orderId`, not `order_id`/);
  });

  test('ignores take out findings, from both files', async () => {
    const text = whole('paths:\n  /orderItems: {}\n  /otherItems: {}\n');
    const ignore = (at: string): string =>
      `ignores:\n  - { rule: path-kebab-case, path: api/openapi.yaml, at: ${at}, reason: Old clients call it. }\n`;
    const files = {
      [own]: `extends: []\nrules: { path-kebab-case: error }\n${ignore('/paths/~1orderItems')}`,
      '/w/.servicewright/guidelines-ignore.yaml': ignore('/paths/~1otherItems'),
    };
    assert.deepEqual(await findings(files, text), []);
    assert.equal((await findings(files, text, '/w/api/other.yaml')).length, 2);
  });

  test('files that are checked alike share their options', async () => {
    const plan = new Plan(await loaded({ [own]: 'overrides: [{ files: "a*", rules: { syntax: off } }]\n' }));
    assert.equal(plan.optionsFor('/w/b.yaml'), plan.optionsFor('/w/c.yaml'));
    assert.notEqual(plan.optionsFor('/w/b.yaml'), plan.optionsFor('/w/a.yaml'));
  });

  test('the settings of a user go over it', async () => {
    const plan = new Plan(await loaded({ [own]: 'rules: { info-contact: error }\n' }), {
      'info-contact': 'off',
    });
    assert.ok(!('info-contact' in (plan.optionsFor('/w/a.yaml').severities ?? {})));
  });

  test('it can be printed', async () => {
    const text = 'extends: []\nrules: { property-casing: { casing: camelCase }, operation-id: error }\n';
    const plan = new Plan(await loaded({ [own]: text }));
    assert.deepEqual(plan.print('/w/a.yaml'), {
      files: [own],
      rules: {
        'operation-id': 'error',
        'property-casing': { severity: 'warning', casing: 'camelCase' },
        suppression: 'warning',
        syntax: 'error',
      },
    });
  });
});

describe('what is wrong with a configuration is told at its line', () => {
  const cases: readonly (readonly [text: string, fault: RegExp])[] = [
    ['rule: {}\n', /^1: The key `rule` is not known here; perhaps `rules` is meant\.$/],
    [
      'rules:\n  info-contct: error\n',
      /^2: There is no rule `info-contct`; perhaps `info-contact` is meant\.$/,
    ],
    ['rules:\n  info-contact: eror\n', /^2: `eror` is no severity; a severity is one of off, hint/],
    ['rules:\n  property-casing:\n    casing: camel\n', /^3: `casing` must be one of usual, snake_case/],
    [
      'rules:\n  property-casing:\n    csing: camelCase\n',
      /^3: The key `csing` is not known here; perhaps `casing`/,
    ],
    ['rules: [a]\n', /^1: `rules` must be a mapping\.$/],
    ['extends: recomended\n', /^1: `recomended` is no preset and no file; perhaps `recommended` is meant/],
    ['extends:\n  - ./gone.yaml\n', /^2: `\.\/gone\.yaml` does not exist\.$/],
    ['extends: ./guidelines.yaml\n', /^1: `\.\/guidelines\.yaml` extends itself\.$/],
    ['extends: https://example.com/x.yaml\n', /^1: `https:.*` is not fetched/],
    ['overrides:\n  - rules: {}\n', /^2: An override needs `files`/],
    ['ignores:\n  - rule: operation-id\n', /^2: An ignore needs a `reason`\.$/],
    ['ignores:\n  - { rule: operation-id, at: paths, reason: x }\n', /^2: `at` is a JSON pointer/],
    ['ignores:\n  - { rule: nope, reason: x }\n', /^2: There is no rule `nope`/],
    ['rules:\n  a: b: c\n', /^2: /],
    ['- a\n', /^1: A configuration is a mapping/],
    [`overrides: [{ files: "${'*/'.repeat(20)}", rules: {} }]\n`, /^1: This glob is not taken/],
  ];
  for (const [text, fault] of cases)
    test(JSON.stringify(text), async () => assert.match((await faults(text))[0] ?? '', fault));

  test('a sound one has nothing wrong, an empty one neither', async () => {
    assert.deepEqual(await faults('# nothing yet\n'), []);
    assert.deepEqual(await faults(''), []);
    assert.deepEqual(await faults('extends: [strict]\nrules:\n  info-contact: off\n'), []);
  });

  test('files that extend one another in a ring, and aliases without end', async () => {
    const ring = {
      [own]: 'extends: ./a.yaml\n',
      '/w/.servicewright/a.yaml': 'extends: ./guidelines.yaml\n',
    };
    assert.match((await problemsOf(ring)).join(), /a\.yaml:1: `\.\/guidelines\.yaml` extends itself/);
    const bomb = `rules:\n  property-casing: &a { x: 1, y: *a, casing: camelCase }\n`;
    assert.ok((await faults(bomb)).length > 0);
  });

  test('keys that are names of the language are keys', async () => {
    assert.match((await faults('rules:\n  __proto__: error\n'))[0] ?? '', /There is no rule `__proto__`/);
    assert.match((await faults('constructor: 1\n'))[0] ?? '', /The key `constructor` is not known/);
  });
});

test('what is wrong is also told at the top of each description', async () => {
  const [first] = await findings({ [own]: 'rules:\n  nope: error\n' }, whole(''));
  assert.equal(first?.rule, 'configuration');
  assert.match(first.message, /^\.\.\/\.servicewright\/guidelines\.yaml:2: There is no rule `nope`/);
});

test('web addresses that references may follow are told with what holds', async () => {
  const plan = new Plan(
    await loaded({
      '/w/.servicewright/guidelines.yaml': 'extends: [./more.yaml]\nrefs: { urls: https://a.example.com }\n',
      '/w/.servicewright/more.yaml':
        'refs: { urls: [http://b.example.com:8080/x], privateHosts: [B.example.com] }\n',
    }),
  );
  assert.deepEqual(plan.print('/w/api/openapi.yaml')['refs'], {
    urls: ['http://b.example.com:8080/x', 'https://a.example.com/'],
  });
  assert.deepEqual(typeof plan.web === 'object' && plan.web.privateHosts, ['b.example.com']);
  assert.deepEqual(await faults('refs: yes\n'), ['1: `refs` is a mapping of `urls` and `privateHosts`.']);
  assert.deepEqual(await faults('refs: { privateHosts: [http://a] }\n'), [
    '1: `http://a` is no host; write it as in schemas.example.com.',
  ]);
});
