import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { CheckOptions } from '../../../src/guidelines';
import { allRules, checkSpec } from '../../../src/guidelines';
import type { Ignore } from '../../../src/guidelines/config/layer';
import { applyEdits, ruleOf, whole } from './helpers';

const rules = ['suppression', 'path-kebab-case', 'operation-id'].map(ruleOf);

const paths = (before = '', at = ''): string =>
  whole(`paths:\n${before}  /orderItems:${at}\n    get:\n      operationId: listOrderItems\n`);

function found(text: string, options: CheckOptions = { rules }): readonly string[] {
  return checkSpec(text, options).map((one) => `${one.range.start.line} ${one.rule}: ${one.message}`);
}

const disable = (kind: string, rest = 'path-kebab-case -- old clients'): string =>
  `  # servicewright-disable${kind} ${rest}\n`;

describe('comments that silence rules', () => {
  test('without one there is a finding', () => {
    assert.equal(found(paths()).length, 1);
  });

  test('the next line, the same line, the file', () => {
    assert.deepEqual(found(paths(disable('-next-line'))), []);
    assert.deepEqual(found(paths('', ' # servicewright-disable-line path-kebab-case -- old')), []);
    assert.deepEqual(found(`# servicewright-disable path-kebab-case -- old\n${paths()}`), []);
    assert.deepEqual(found(`${paths()}# servicewright-disable path-kebab-case -- old\n`), []);
  });

  test('several comments above one line, blank lines between', () => {
    const two = `${disable('-next-line')}\n  # something else\n`;
    assert.deepEqual(found(paths(two)), []);
  });

  test('several rules in one comment; the one that is not needed is named', () => {
    const [only, ...rest] = found(paths(disable('-next-line', 'path-kebab-case, operation-id -- old')));
    assert.match(only ?? '', /suppression: `operation-id` finds nothing in the next line/);
    assert.deepEqual(rest, []);
  });

  test('a comment for another line silences nothing and is told of, with a fix that takes it away', () => {
    const text = paths(`${disable('-next-line')}  /orders: {}\n`);
    const findings = checkSpec(text, { rules });
    assert.deepEqual(
      findings.map((one) => one.rule),
      ['suppression', 'path-kebab-case'],
    );
    const edits = findings[0]?.fix?.edits() ?? [];
    assert.equal(applyEdits(text, edits), paths('  /orders: {}\n'));
  });

  test('no reason, no rule, no such rule', () => {
    assert.match(
      found(paths(disable('-next-line', 'path-kebab-case'))).join(),
      /suppression: Say behind `--` why/,
    );
    assert.match(
      found(paths(disable('-next-line', '-- why'))).join(),
      /suppression: This comment silences nothing/,
    );
    assert.match(
      found(paths(disable('-next-line', 'path-kebab-cas -- old'))).join(),
      /There is no rule `path-kebab-cas`; perhaps `path-kebab-case` is meant/,
    );
  });

  test('what stands in a text, or in JSON, is no comment', () => {
    const text = whole(
      'paths:\n  /a:\n    description: |\n      # servicewright-disable x\n    summary: "a # servicewright-disable y"\n',
    );
    assert.deepEqual(found(text), []);
    const json = '{"openapi": "3.1.0", "paths": {}, "x-a": "\\n # servicewright-disable z -- a"}';
    assert.deepEqual(found(json), []);
  });

  test('a rule that does not run is not said to find nothing', () => {
    assert.deepEqual(found(paths(disable('-next-line', 'path-kebab-case, tag-description -- old'))), []);
  });

  test('while the text is broken nothing is said to be needless', () => {
    const text = `${paths('', ' # servicewright-disable-line operation-id -- old')}  broken\n`;
    assert.doesNotMatch(found(text).join(), /suppression/);
  });
});

describe('ignores', () => {
  const ignore = (change: Partial<Ignore>): Ignore => ({
    rule: 'path-kebab-case',
    files: () => true,
    isOneFile: true,
    pointer: '/paths/~1orderItems',
    reason: 'old clients',
    at: {
      file: '/a/.servicewright/guidelines-ignore.yaml',
      range: { start: { line: 4, character: 2 }, end: { line: 4, character: 9 } },
    },
    ...change,
  });

  test('take out what they name, at its place', () => {
    assert.deepEqual(found(paths(), { rules, ignores: [ignore({})] }), []);
    assert.deepEqual(found(paths(), { rules, ignores: [ignore({ pointer: undefined })] }), []);
  });

  test('one that nothing needs any more is told of, with its line', () => {
    const [first] = found(paths(), { rules, ignores: [ignore({ pointer: '/paths/~1gone' })] });
    assert.match(
      first ?? '',
      /finds nothing at \/paths\/~1gone, which is not there, so line 5 of guidelines-ignore/,
    );
    const other = found(paths(), {
      rules,
      ignores: [ignore({}), ignore({ pointer: '/paths', isOneFile: false })],
    });
    assert.deepEqual(other, []);
  });
});

test('what the configuration has to say comes first, and a clock counts what rules cost', () => {
  const notes = [{ id: 'a', severity: 'error', message: 'x.yaml:1: wrong.' }] as const;
  const [first] = checkSpec(paths(), { rules: allRules, notes });
  assert.equal(`${first?.rule} ${first?.range.start.line} ${first?.severity}`, 'configuration 0 error');
});
