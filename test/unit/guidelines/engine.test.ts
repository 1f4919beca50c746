import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isAbort } from '../../../src/base/errors';
import { allRules, checkSpec, defineRule, looksLikeSpec } from '../../../src/guidelines';
import { checkSteps } from '../../../src/guidelines/engine';
import { specSteps } from '../../../src/guidelines/spec';
import { finish, finishInSlices } from '../../../src/guidelines/steps';
import { checkUsual, read, ruleOf, whole } from './helpers';

const order = `paths:
  /orderItems:
    get:
      operationId: listOrderItems
      responses:
        '200': { description: The items }
`;

const probe = (id: string, visit: Parameters<typeof defineRule>[0]['visit']): ReturnType<typeof defineRule> =>
  defineRule({
    ...ruleOf('syntax'),
    id,
    visit,
  });

describe('what is a description', () => {
  const yes = [
    'openapi: 3.1.0\n',
    'info: {}\nopenapi: "3.0.3"\n',
    "'openapi': '3.2.0'\n",
    'openapi: 3.1\n',
    'swagger: "2.0"\n',
    'swagger: 2.0\n',
    '{"info": {}, "openapi": "3.0.0"}',
    '{openapi: 3.1.1, info: {}}',
    '# a comment\n---\nopenapi: 3.1.0\n',
    '\uFEFFopenapi: 3.1.0\r\n',
    'openapi: 3.2.0-rc1\n',
    'asyncapi: 2.6.0\n',
    '{"asyncapi": "3.0.0"}',
    'arazzo: 1.0.0\n',
    'overlay: 1.0.0\n',
  ];
  const no = [
    '',
    '\n\n',
    'openapi: 4.0.0\n',
    'openapi: 2.0\n',
    'swagger: "1.2"\n',
    'asyncapi: 1.2.0\n',
    'arazzo: 2.0.0\n',
    'overlay: x\n',
    'name: openapi\n',
    'x:\n  openapi: 3.1.0\n',
    '- openapi: 3.1.0\n',
    '"openapi: 3.1.0"\n',
    '{"openapi": 3}',
    'services:\n  web: { image: "swagger: 2.0" }\n',
    'openapi: [3.1.0]\n',
    '\u0000\u0001\u0002openapi: 3.1.0',
  ];
  for (const text of yes) test(JSON.stringify(text), () => assert.ok(read(text)));
  for (const text of no)
    test(`not ${JSON.stringify(text)}`, () => {
      assert.deepEqual(checkSpec(text, { rules: allRules }), []);
    });

  test('the quick look lets through what could be one, and little else', () => {
    for (const text of yes) assert.ok(looksLikeSpec(text), text);
    assert.ok(!looksLikeSpec('kind: Deployment\napiVersion: apps/v1\n'));
    assert.ok(!looksLikeSpec('{"name": "x", "dependencies": {"openapi-types": "1.0.0"}}'));
  });
});

describe('a version that is not known', () => {
  const info = 'info: { title: Orders, version: 1.0.0 }\npaths: { /Orders: {} }\n';
  const strange = [
    ["openapi: '3'", "'3'", 'Version 3 of OpenAPI'],
    ["openapi: '3.9'", "'3.9'", 'Version 3.9 of OpenAPI'],
    ['openapi: 4.0.0', '4.0.0', 'Version 4.0.0 of OpenAPI'],
    ['openapi: 3.0.x', '3.0.x', 'Version 3.0.x of OpenAPI'],
    ['swagger: 2', '2', 'Version 2 of Swagger'],
    ['swagger: "1.2"', '"1.2"', 'Version 1.2 of Swagger'],
    ['asyncapi: 1.2.0', '1.2.0', 'Version 1.2.0 of AsyncAPI'],
    ['arazzo: 2.0.0', '2.0.0', 'Version 2.0.0 of Arazzo'],
    ['overlay: 2.0.0', '2.0.0', 'Version 2.0.0 of Overlay'],
  ] as const;
  for (const [line, value, said] of strange)
    test(`is one finding at its value: ${line}`, () => {
      const found = checkSpec(`${line}\n${info}`, { rules: allRules });
      assert.deepEqual(
        found.map(({ rule, severity }) => `${rule} ${severity}`),
        ['syntax error'],
      );
      const [one] = found;
      assert.ok(one?.message.startsWith(`${said} is not understood: `), one?.message);
      const start = line.indexOf(value);
      assert.deepEqual(one?.range, {
        start: { line: 0, character: start },
        end: { line: 0, character: start + value.length },
      });
    });

  test('is told in JSON as well', () => {
    const text = '{"openapi": "3.9", "info": {"title": "a", "version": "1"}}';
    assert.deepEqual(
      checkSpec(text).map((one) => one.range.start.character),
      [12],
    );
  });

  test('comes and goes with edits', () => {
    const spec = read(`openapi: 3.1.0\n${info}`);
    const rules = (): readonly string[] => finish(checkSteps(spec)).map((one) => one.rule);
    const usual = rules();
    assert.ok(usual.length > 1);
    spec.edit({ start: 9, end: 14, text: '9' });
    assert.ok(finish(spec.updateSteps()));
    assert.deepEqual(rules(), ['syntax']);
    spec.edit({ start: 9, end: 10, text: '3.1.0' });
    assert.ok(finish(spec.updateSteps()));
    assert.deepEqual(rules(), usual);
  });

  test('is nothing in a text that is no description', () => {
    for (const text of ['openapi: 4.0.0\nname: x\n', 'openapi: next\ninfo: {}\n', 'swagger: 1\ninfo: x\n'])
      assert.deepEqual(checkSpec(text, { rules: allRules }), [], text);
  });
});

describe('a check', () => {
  test('runs the recommended rules at their own severity', () => {
    const found = checkSpec(whole(order)).map((one) => `${one.rule} ${one.severity}`);
    assert.deepEqual(found, ['path-kebab-case warning', 'operation-summary warning']);
  });

  test('takes severities: off silences, any other adds a rule that would not run', () => {
    const text = whole(order.replace('/orderItems', '/v1/orderItems'));
    const severities = {
      'path-kebab-case': 'error',
      'operation-summary': 'off',
      'path-no-version': 'hint',
    } as const;
    assert.deepEqual(
      checkSpec(text, { severities }).map((one) => `${one.rule} ${one.severity}`),
      ['path-no-version hint', 'path-kebab-case error'],
    );
    assert.equal(checkSpec(text, { severities: { 'no-such-rule': 'error' } }).length, checkSpec(text).length);
  });

  test('gives findings in the order of the text, with the way to the node', () => {
    const [first] = checkSpec(whole(order));
    assert.deepEqual(first?.path, ['paths', '/orderItems']);
    assert.deepEqual(first?.range, { start: { line: 7, character: 3 }, end: { line: 7, character: 13 } });
    const tags = checkUsual(whole("tags:\n  - { name: a, description: A. }\n  - name: ''\n"));
    assert.deepEqual(
      tags.map((one) => one.path),
      [['tags', 1]],
    );
  });

  test('a rule that throws is a finding of its own, and the others go on', () => {
    const thrower = probe('thrower', {
      operation: () => {
        throw new Error('boom');
      },
    });
    const found = checkSpec(whole(order), { rules: [thrower, ruleOf('operation-summary')] });
    assert.deepEqual(
      found.map((one) => one.rule),
      ['operation-summary', 'thrower'],
    );
    assert.match(found[1]?.message ?? '', /thrower.*boom/);
  });

  test('sees each node once, where it is written, however often it is referred to', () => {
    const seen: string[] = [];
    const looker = probe('looker', { schema: (node) => void seen.push(node.path.join('/')) });
    const schema = (name: string): string =>
      `    ${name}: { type: array, items: { $ref: '#/components/schemas/Order' } }\n`;
    checkSpec(whole(`components:\n  schemas:\n    Order: { type: object }\n${schema('A')}${schema('B')}`), {
      rules: [looker],
    });
    assert.deepEqual(
      seen,
      ['Order', 'A', 'B'].map((name) => `components/schemas/${name}`),
    );
  });

  test('circular references end', () => {
    const text = whole(
      "components:\n  schemas:\n    A: { $ref: '#/components/schemas/B' }\n    B: { $ref: '#/components/schemas/A' }\n    C: { type: object, properties: { c: { $ref: '#/components/schemas/C' } } }\n",
    );
    assert.deepEqual(checkUsual(text), []);
    const spec = read(text);
    assert.equal(spec.deref(spec.resolve('#/components/schemas/A')), undefined);
  });
});

describe('a text that is broken', () => {
  const broken = `${order}    post\n      operationId: x\n  /v2/otherThings:\n    get: {}\n`;

  test('has one syntax finding, and loses nothing else but what stands behind it in its own part', () => {
    const found = checkSpec(whole(broken));
    assert.deepEqual(found.filter((one) => one.rule === 'syntax').length, 1);
    assert.deepEqual(
      found.map((one) => one.rule),
      [
        'operation-summary',
        'syntax',
        'path-kebab-case',
        'operation-id',
        'operation-summary',
        'success-response',
      ],
    );
  });

  test('that nothing can be read from still says what is wrong, when it says what it is', () => {
    assert.deepEqual(
      checkSpec('openapi: 3.1.0\n\tinfo: {}\n  : : :\n').map((one) => one.rule),
      ['syntax'],
    );
    assert.deepEqual(checkSpec('this: is\n\tnothing: to us\n'), []);
  });

  test('by a comma too many loses nothing else', () => {
    const text = '{"openapi": "3.1.0", "info": {"title": "a", "version": "1",}, "paths": {"/aB": {}}}';
    const found = checkSpec(text).map((one) => one.rule);
    assert.deepEqual(found, ['info-contact', 'info-description', 'syntax', 'path-kebab-case']);
  });
});

describe('a check in slices', () => {
  const text = whole(order);
  const pauses = { count: 0 };
  const slicing = (signal: AbortSignal): Parameters<typeof finishInSlices>[1] => ({
    signal,
    slice: 0,
    now: () => 0,
    pause: () => {
      pauses.count += 1;
      return Promise.resolve();
    },
  });
  const big = `${text}components:\n  schemas:\n${Array.from({ length: 2000 }, (_, n) => `    S${n}: { type: object, title: S }\n`).join('')}`;

  test('finds what a check in one go finds', async () => {
    const spec = await finishInSlices(specSteps(big), slicing(new AbortController().signal));
    assert.ok(spec);
    const found = await finishInSlices(checkSteps(spec), slicing(new AbortController().signal));
    assert.deepEqual(
      found.map(({ fix: _fix, ...rest }) => rest),
      checkSpec(big).map(({ fix: _fix, ...rest }) => rest),
    );
    assert.ok(pauses.count > 5);
  });

  test('ends with AbortError as soon as it is cancelled', async () => {
    const controller = new AbortController();
    controller.abort();
    await assert.rejects(finishInSlices(specSteps(big), slicing(controller.signal)), isAbort);
  });
});
