import assert from 'node:assert/strict';
import { test } from 'node:test';
import { slowPattern } from '../../../src/scaffold/pattern/time';

test('patterns that try nothing twice are taken, whatever they repeat', () => {
  for (const good of [
    '^[a-z][a-z0-9]*(-[a-z0-9]+)*$',
    '^[a-z][a-z0-9]*([-._][a-z0-9]+)*$',
    String.raw`^(?!\s)(?!.*\s$)[^"\\\u0000-\u001F]+$`,
    String.raw`^\d{1,3}(\.\d{1,3}){3}$`,
    '^(dev|demo|prod)$',
    '^(ab?)+$',
    '^(a|b|[c-f])*$',
    String.raw`^https?://[\w.-]+(:\d+)?(/[\w.-]*)*$`,
    '^(?<year>[0-9]{4})-[0-9]{2}$',
    '^a{2,}b{0,3}?$',
    String.raw`^\x41\u0042\cA\/\]$`,
    '',
  ])
    assert.equal(slowPattern(good, 1000), undefined, good);
});

test('repetitions that can match the same text in several ways are refused', () => {
  for (const bad of [
    '(a+)+',
    '^(a*)*$',
    '(a|a)*',
    '(a|ab)*',
    '(aa?)*',
    '(a?){50}',
    '^(-[a-z]*[a-z]*)*$',
    String.raw`^(\w+\s?)*$`,
    String.raw`([a-zA-Z]+)*$`,
    '^(([a-z])+.)+[A-Z]([a-z])+$',
    String.raw`^(?=(a+)+$)`,
    '(x(a|b+)+)+',
  ])
    assert.match(slowPattern(bad, 10) ?? '', /can take forever/, bad);
  assert.match(slowPattern(String.raw`(a+)\1`, 10) ?? '', /refers back/);
  assert.match(slowPattern('('.repeat(30) + ')'.repeat(30), 10) ?? '', /nested more than 20 deep/);
  assert.match(slowPattern('a'.repeat(501), 10) ?? '', /longer than 500 characters/);
});

test('repetitions side by side are refused when the answers are too long for them', () => {
  const email = String.raw`^.+@.+\..+$`;
  assert.equal(slowPattern(email, 200), undefined);
  assert.match(slowPattern(email, 1000) ?? '', /3 repetitions of the pattern can match the same characters/);
  assert.match(slowPattern('.*.*.*.*.*x', 200) ?? '', /lower maxLength/);
});
