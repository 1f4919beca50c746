import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import type { ValidateFunction } from 'ajv';
import { Ajv } from 'ajv';
import { isObject } from '../../../src/base/json';
import type { FileFindings } from '../../../src/guidelines/report';
import { githubReport } from '../../../src/guidelines/reports/github';
import { junitReport } from '../../../src/guidelines/reports/junit';
import { sarifReport } from '../../../src/guidelines/reports/sarif';
import { checkUsual, whole } from './helpers';

const text = whole(`paths:
  /orderItems:
    get:
      operationId: "list orders & <more>, 100%"
`);
const files: readonly FileFindings[] = [
  {
    path: 'openapi.yaml',
    findings: checkUsual(text, { notes: [{ id: 'a', severity: 'info', message: 'A note.' }] }),
  },
  { path: 'sub dir/b%c,d:e.yaml', findings: checkUsual(whole('paths:\n  /Aa: {}\n')) },
  { path: '/abs/clean.yaml', findings: [] },
  { path: 'C:/w/clean.yaml', findings: [] },
];

/** Of draft 4, which the validator knows only without its name. */
function sarifValidator(): ValidateFunction {
  const schema: unknown = JSON.parse(readFileSync('test/fixtures/sarif/sarif-2.1.0.schema.json', 'utf8'));
  assert.ok(isObject(schema));
  const { $schema: _schema, id: _id, ...rest } = schema;
  return new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(rest);
}

describe('SARIF', () => {
  const report = sarifReport(files);

  test('is valid against its schema, which is not happy with anything', () => {
    const isValid = sarifValidator();
    for (const one of [report, sarifReport([])])
      assert.ok(isValid(JSON.parse(one)), JSON.stringify(isValid.errors));
    assert.ok(!isValid(JSON.parse(report.replace('"level": "warning"', '"level": "bad"'))));
  });

  test('lines and columns count from one; addresses are escaped', () => {
    assert.match(report, /"startLine": \d+,\s+"startColumn": 4,/);
    assert.match(report, /"uri": "sub%20dir\/b%25c%2Cd%3Ae\.yaml"/);
    assert.match(report, /"uri": "file:\/\/\/abs\/clean\.yaml"/);
    assert.match(report, /"uri": "file:\/\/\/C:\/w\/clean\.yaml"/);
  });
});

describe('JUnit', () => {
  const report = junitReport(files);

  test('a suite for each file, failures counted', () => {
    assert.equal(report.match(/<testsuite /g)?.length, 4);
    assert.match(report, /name="no findings"/);
    const failures = Number(/<testsuites .*?failures="(\d+)"/.exec(report)?.[1]);
    assert.equal(report.match(/<failure /g)?.length, failures);
    assert.equal(report.match(/<system-out>/g)?.length, report.match(/<\/system-out>/g)?.length);
  });

  test('what XML can not hold is replaced, what it can is escaped', () => {
    const [one] = checkUsual(text);
    assert.ok(one);
    const odd = junitReport([{ path: 'a', findings: [{ ...one, message: 'a\u0000b\uD800c\u001B<&"' }] }]);
    assert.match(odd, /a\uFFFDb\uFFFDc\uFFFD&lt;&amp;&quot;/);
  });
});

describe('GitHub', () => {
  test('commands with escaped properties, and the text for the log', () => {
    const report = githubReport(files);
    assert.match(
      report,
      /::warning file=sub dir\/b%25c%2Cd%3Ae\.yaml,line=\d+,endLine=\d+,col=4,endColumn=\d+,title=/,
    );
    assert.match(report, /\n4 files: .*\n$/);
  });

  test('at most ten of a kind', () => {
    const many = whole(
      `paths:\n${Array.from({ length: 30 }, (_, at) => `  /${at % 2 === 0 ? 'aB' : 'a_b'}${at}: {}\n`).join('')}`,
    );
    const report = githubReport([{ path: 'a.yaml', findings: checkUsual(many) }]);
    assert.equal(report.match(/^::warning /gm)?.length, 10);
  });
});
