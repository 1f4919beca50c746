import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Plan } from '../../../../src/guidelines/config/plan';
import { findings, levels, loaded, problemsOf } from '../config/helpers';
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

/** What is found with a configuration: place, rule and severity. */
const told = async (text: string, of = spec): Promise<readonly string[]> =>
  (await findings(at(text), of))
    .map(({ path, rule, severity }) => `/${path.join('/')} ${rule} ${severity}`)
    .toSorted();

describe('redocly.yaml', () => {
  test('its sets with their severities', async () => {
    const all = await levels(at('extends: [recommended]\n'));
    assert.equal(all['path-params-defined'], 'error');
    assert.equal(all['client-error-response'], 'warning');
    assert.equal(all['info-contact'], undefined);
    assert.equal((await levels(at('apis: {}\n')))['path-params-defined'], undefined);
    assert.match(
      (await problemsOf(at('apis: {}\n'))).join(),
      /asks for no rules, so none are checked; `extends: \[recommended\]`/,
    );
    assert.deepEqual(
      await problemsOf(at('apis: { a: { root: a.yaml, rules: { info-license: warn } } }\n')),
      [],
    );
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

  test('places that its ignore file names as Redocly does: what is missing, and what has the name', async () => {
    const rules =
      'rules: { operation-summary: error, parameter-description: error, operation-operationId-unique: error, rule/mine: { subject: { type: Operation, property: [x-a, x-b] }, assertions: { defined: true } }, rule/root: { subject: { type: Root }, assertions: { required: [x-a] } } }\n';
    const text = whole(`paths:
  /a:
    get: { operationId: a, x-b: 1, parameters: [{ name: q, in: query }], responses: {} }
    put: { operationId: a, x-a: 1, x-b: 1, responses: {} }
`);
    const left = async (ignored: string): Promise<readonly string[]> => {
      const all = ignored.split(' ').map((one) => one.split('@') as [string, string]);
      const written = all.map(([rule, at]) => `  ${rule}: ['${at}']\n`).join('');
      const files = { ...at(rules), '/w/.redocly.lint-ignore.yaml': `api/openapi.yaml:\n${written}` };
      return (await findings(files, text)).map(({ rule, path }) => `${rule} /${path.join('/')}`);
    };
    const get = '#/paths/~1a/get';
    assert.equal((await left('x@#/y')).length, 6);
    assert.deepEqual(
      await left(
        `operation-summary@${get}/summary parameter-description@${get}/parameters/0/description operation-operationId-unique@#/paths/~1a/put/a rule/mine@${get}/x-a rule/root@#/`,
      ),
      ['operation-summary /paths//a/put'],
    );
    // Of a rule of the team the place is known to the letter.
    assert.equal((await left('rule/mine@#/paths/~1a')).length, 6);
    assert.equal((await left(`rule/mine@${get}/x-b`)).length, 6);
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
        'extends: [recommended, mine/all]\nplugins: [./plugin.js]\nrules:\n  mine/rule: error\n  outputs-defined: warn\n',
      ),
    );
    const text = problems.join('\n');
    assert.match(text, /:1: The plugin behind `mine\/all` is JavaScript, which is not run here/);
    assert.match(
      text,
      /:2: What `plugins` names \(`\.\/plugin\.js`\) is JavaScript, .* only Redocly itself checks\./,
    );
    assert.match(text, /:4: The plugin behind `mine\/rule`/);
    assert.match(text, /:5: `outputs-defined` of Redocly is not checked\. It is about Arazzo/);
  });

  test('a set that comes later takes back what one before it says', async () => {
    const minimal = await levels(at('extends: [minimal]\n'));
    assert.equal(minimal['info-license'], undefined);
    assert.equal(minimal['client-error-response'], undefined);
    assert.equal(minimal['server-trailing-slash'], 'error');
    assert.deepEqual(await levels(at('extends: [all, minimal]\n')), minimal);
    const spec = await levels(at('extends: [spec]\n'));
    assert.equal(spec['path-identical'], 'error');
    assert.equal(spec['ref-placement'], 'error');
    assert.equal(spec['operation-summary'], undefined);
    assert.equal((await levels(at('extends: [all]\n')))['path-segments-plural'], 'error');
  });

  test('where two of its rules say the same of one of ours, the gravest counts', async () => {
    const said = async (rules: string): Promise<string | undefined> =>
      (await levels(at(`extends: [recommended]\nrules: ${rules}\n`)))['path-params-defined'];
    assert.equal(await said('{ path-params-defined: off }'), 'error');
    assert.equal(await said('{ path-parameters-defined: off, path-params-defined: warn }'), 'warning');
    assert.equal(await said('{ path-parameters-defined: off }'), undefined);
  });

  test('a mapping without a severity is an error; a severity alone leaves the options', async () => {
    const order = 'rules: { path-http-verbs-order: { order: [post, get] } }\n';
    assert.deepEqual(await told(order), ['/paths//orders/post path-method-order error']);
    const files = {
      ...at(`extends: [./team.yaml]\nrules: { path-http-verbs-order: warn }\n`),
      '/w/team.yaml': order,
    };
    assert.equal((await levels(at(order)))['path-method-order'], 'error');
    assert.equal((await levels(files))['path-method-order'], 'warning');
    assert.deepEqual(
      (await findings(files, spec)).map(({ rule }) => rule),
      ['path-method-order'],
    );
  });

  test('rules for one version', async () => {
    const text =
      'rules: { info-license: warn }\noas3_1Rules: { operation-summary: error, info-license: off, rule/mine: { subject: { type: Info }, assertions: { required: [x-a] } } }\noas3_0Rules: { rule/mine: { subject: { type: Paths }, assertions: { required: [x-b] }, severity: warn } }\n';
    assert.deepEqual(await told(text, spec), [
      '/info rule/mine error',
      '/paths//orders/get operation-summary error',
    ]);
    assert.deepEqual(await told(text, spec.replace('3.1.0', '3.0.3')), [
      '/info info-license warning',
      '/paths rule/mine warning',
    ]);
    assert.deepEqual(
      await told('extends: [recommended]\noas2Rules: { operation-summary: off }\n', spec),
      await told('extends: [recommended]\n', spec),
    );
    // Where sets are put together, what is said for all versions comes last.
    assert.ok((await told(`extends: []\n${text}`, spec)).includes('/info info-license warning'));
    const printed = new Plan(await loaded(at(text))).print('/w/api/openapi.yaml');
    assert.deepEqual(printed['versions'], {
      '2.0': {},
      '3.0': { 'rule/mine': 'warning' },
      '3.1': { 'info-license': 'off', 'operation-summary': 'error', 'rule/mine': 'error' },
      '3.2': {},
    });
  });

  test('one name for two rules of the team: what is said for an API holds for that', async () => {
    const rule = (key: string): string => `{ subject: { type: Info }, assertions: { required: [${key}] } }`;
    const text = `rules: { rule/mine: ${rule('x-a')} }\napis: { a: { root: ./api/openapi.yaml, rules: { rule/mine: ${rule('x-b')} } } }\n`;
    const said = async (path: string): Promise<readonly string[]> =>
      (await findings(at(text), spec, path)).map(({ message }) => message);
    assert.match((await said('/w/api/openapi.yaml')).join(), /x-b/);
    assert.match((await said('/w/other.yaml')).join(), /x-a/);
  });

  test('a severity for a rule of the team that is declared elsewhere', async () => {
    const team = 'rules: { rule/mine: { subject: { type: Info }, assertions: { required: [x-a] } } }\n';
    const said = async (severity: string): Promise<string | undefined> =>
      (
        await levels({
          ...at(`extends: [./team.yaml]\nrules: { rule/mine: ${severity} }\n`),
          '/w/team.yaml': team,
        })
      )['rule/mine'];
    assert.equal(await said('warn'), 'warning');
    assert.equal(await said('off'), undefined);
    assert.deepEqual(await problemsOf(at('rules: { rule/gone: off }\n')), []);
  });

  describe('options of its rules', () => {
    const cases: readonly (readonly [rules: string, wanted: readonly string[]])[] = [
      [
        '{ path-http-verbs-order: { order: [post, get], severity: warn } }',
        ['/paths//orders/post path-method-order warning'],
      ],
      ['{ path-http-verbs-order: warn }', []],
      ['{ tags-alphabetical: warn }', ['/tags/1/name tags-alphabetical warning']],
      ['{ tags-alphabetical: { severity: warn, ignoreCase: true } }', []],
      ['{ no-duplicated-tag-names: { ignoreCase: true } }', ['/tags/2/name tags-unique error']],
      ['{ no-duplicated-tag-names: error }', []],
      [
        '{ boolean-parameter-prefixes: { prefixes: [should] } }',
        ['/paths//orders/get/parameters/0/name boolean-parameter-prefix error'],
      ],
      ['{ boolean-parameter-prefixes: error }', []],
      ['{ array-parameter-serialization: { in: [header] } }', []],
      [
        '{ array-parameter-serialization: error }',
        ['/paths//orders/get/parameters/1/name array-parameter-serialization error'],
      ],
      [
        '{ operation-4xx-response: warn }',
        [
          '/paths//orders/get/responses client-error-response warning',
          '/paths//orders/post/responses client-error-response warning',
        ],
      ],
      [
        '{ operation-4xx-response: { excludedMethods: [GET], validateWebhooks: true } }',
        [
          '/paths//orders/post/responses client-error-response error',
          '/webhooks/paid/post/responses client-error-response error',
        ],
      ],
      ['{ operation-2xx-response: error }', []],
      [
        '{ operation-2xx-response: { validateWebhooks: true } }',
        ['/webhooks/paid/post/responses success-response error'],
      ],
      [
        '{ operation-2xx-response: { disallowDefault: true } }',
        ['/paths//orders/post/responses success-response error'],
      ],
      [
        '{ security-defined: { exceptions: [{ path: /orders, methods: [GET] }] } }',
        ['/paths//orders/post operation-security error', '/webhooks/paid/post operation-security error'],
      ],
      [
        '{ response-mime-type: { allowedValues: [application/xml] } }',
        ['/paths//orders/get/responses/200/content/application/json response-media-types error'],
      ],
      ['{ response-mime-type: { allowedValues: [application/json] } }', []],
      [
        '{ response-contains-header: { names: { 200: [X-Rate], "2XX": [X-No] } } }',
        ['/paths//orders/get/responses/200 response-has-headers error'],
      ],
      ['{ response-contains-header: error }', []],
      [
        '{ response-contains-property: { names: { 2xx: [id, x] } } }',
        [
          '/paths//orders/get/responses/200/content/application/json/schema/properties response-has-properties error',
        ],
      ],
      ['{ path-segment-plural: { exceptions: [orders], ignoreLastPathSegment: false } }', []],
    ];
    const text = whole(`tags: [{ name: a }, { name: B }, { name: b }]
paths:
  /orders:
    get:
      parameters:
        - { name: isPaid, in: query, schema: { type: boolean } }
        - { name: state, in: query, schema: { type: array, items: { type: string } } }
      responses:
        '200':
          description: ok
          content: { application/json: { schema: { type: object, properties: { id: { type: string } } } } }
    post: { responses: { default: { description: ok } } }
webhooks:
  paid: { post: { responses: { '301': { description: gone } } } }
`);
    for (const [rules, wanted] of cases)
      test(rules, async () => {
        assert.deepEqual(await told(`rules: ${rules}\n`, text), wanted.toSorted());
        assert.deepEqual(await problemsOf(at(`rules: ${rules}\n`)), []);
      });

    test('paths with methods and singulars in them', async () => {
      const paths = whole('paths:\n  /budget/get-all: {}\n  /order/items/{id}: {}\n');
      assert.deepEqual(await told('rules: { no-http-verbs-in-paths: warn }\n', paths), [
        '/paths//budget/get-all path-no-methods warning',
        '/paths//budget/get-all path-no-methods warning',
      ]);
      const inWords = 'rules: { no-http-verbs-in-paths: { splitIntoWords: true } }\n';
      assert.deepEqual(await told(inWords, paths), ['/paths//budget/get-all path-no-methods error']);
      const but = 'rules: { no-http-verbs-in-paths: { excludedPaths: [/budget/get-all] } }\n';
      assert.deepEqual(await told(but, paths), []);
      const plural =
        'rules: { path-segment-plural: { exceptions: [budget], ignoreLastPathSegment: true } }\n';
      assert.deepEqual(await told(plural, paths), ['/paths//order/items/{id} path-segments-plural error']);
    });

    test('kinds of components', async () => {
      const rule = 'component-name-unique';
      const twins = whole(
        "components:\n  schemas:\n    A: { type: object, properties: { B: { type: string }, c: { $ref: '#/components/schemas/A/properties/B' } } }\n    B: { type: string }\n",
      );
      assert.deepEqual(await told(`rules: { ${rule}: warn }\n`, twins), [
        `/components/schemas/A/properties/B ${rule} warning`,
        `/components/schemas/B ${rule} warning`,
      ]);
      assert.deepEqual(await told(`rules: { ${rule}: { schemas: off } }\n`, twins), []);
    });

    test('one that there is not, and a value that is none, are told of', async () => {
      const problems = (
        await problemsOf(
          at(
            'rules:\n  tags-alphabetical: { locale: en, ignoreCase: 7 }\n  info-contact: { severity: warn, strict: true }\n',
          ),
        )
      ).join('\n');
      assert.match(problems, /:2: The option `locale` of `tags-alphabetical` is not understood here/);
      assert.match(
        problems,
        /:2: The option `ignoreCase` of `tags-alphabetical` has a value that is not taken/,
      );
      assert.match(problems, /:3: The option `strict` of `info-contact` is not understood here/);
    });
  });
});
