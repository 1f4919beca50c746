import assert from 'node:assert/strict';
import { test } from 'node:test';
import { coveringSet, pairsOf, possiblePairs } from '../../../../src/scaffold/check/pairwise';
import type { Combination, Factor, Value } from '../../../../src/scaffold/check/pairwise';
import { createRandom } from '../../../helpers/random';

interface Made {
  readonly values?: readonly Value[];
  readonly needs?: readonly string[];
  readonly options?: (before: Combination) => readonly Value[];
}

/** A factor whose facts are its values, or for lists each thing that is or is not in it. */
function factor(
  key: string,
  { values = [true, false], needs = [], options = () => values }: Made = {},
): Factor {
  const things = [...new Set(values.flatMap((value) => (Array.isArray(value) ? value : [])))];
  const facts = (value: Value): readonly string[] =>
    typeof value === 'object'
      ? things.map((thing) => `${value.includes(thing) ? 'has' : 'has not'} ${thing}`)
      : [String(value)];
  return { key, needs, options, facts, off: '' };
}

/** Every combination, by brute force. */
function all(factors: readonly Factor[]): readonly Combination[] {
  return factors.reduce<readonly Combination[]>(
    (made, one) =>
      made.flatMap((before) => {
        const options = one.options(before);
        return (options.length === 0 ? [one.off] : options).map((value) => ({ ...before, [one.key]: value }));
      }),
    [{}],
  );
}

function checkCovers(factors: readonly Factor[], name: string): readonly Combination[] {
  const every = all(factors);
  const wanted = new Set(every.flatMap((one) => pairsOf(factors, one)));
  assert.deepEqual(new Set(possiblePairs(factors)), wanted, `${name}: the pairs that brute force finds`);
  const set = coveringSet(factors);
  const covered = new Set(set.flatMap((one) => pairsOf(factors, one)));
  assert.deepEqual(covered, wanted, name);
  const known = new Set(every.map((one) => JSON.stringify(one)));
  for (const one of set)
    assert.ok(known.has(JSON.stringify(one)), `${name}: ${JSON.stringify(one)} can be answered`);
  return set;
}

test('ten switches need far fewer than their 1,024 combinations', () => {
  const set = checkCovers(
    Array.from({ length: 10 }, (_, n) => factor(`k${n}`)),
    'switches',
  );
  assert.ok(set.length <= 10, `${set.length} combinations`);
});

test('choices of different lengths need about the product of the two longest', () => {
  const words = (n: number): readonly string[] => Array.from({ length: n }, (_, index) => `v${index}`);
  const set = checkCovers(
    [
      factor('a', { values: words(4) }),
      factor('b', { values: words(3) }),
      factor('c'),
      factor('d'),
      factor('e'),
    ],
    'choices',
  );
  assert.ok(set.length >= 12 && set.length <= 15, `${set.length} combinations`);
});

test('a question that is not always asked is covered asked and not asked', () => {
  const broker = factor('broker', {
    values: ['redis', 'sqs'],
    needs: ['tasks'],
    options: (before) => (before['tasks'] === 'celery' ? ['redis', 'sqs'] : []),
  });
  const factors = [factor('tasks', { values: ['none', 'celery', 'cron'] }), broker, factor('sentry')];
  const set = checkCovers(factors, 'asked');
  assert.ok(set.some((one) => one['tasks'] === 'cron' && one['broker'] === ''));
  assert.ok(possiblePairs(factors).every((name) => !/none \+ 1 redis/.test(name)));
});

test('a choice that hangs on an answer through another question is found', () => {
  const b = factor('b', { needs: ['a'], options: (before) => (before['a'] === true ? [true, false] : []) });
  const c = factor('c', {
    values: ['x', 'y'],
    needs: ['b'],
    options: (before) => (before['b'] === true ? ['x', 'y'] : ['y']),
  });
  checkCovers([factor('a'), b, c, factor('d'), factor('e')], 'chain');
});

test('lists are covered by what they hold and what they do not', () => {
  const lists = [[], ['p'], ['q'], ['p', 'q']];
  const set = checkCovers([factor('ci', { values: lists }), factor('a'), factor('b')], 'lists');
  assert.ok(set.some(({ ci }) => Array.isArray(ci) && ci.length === 2));
});

test('seeds are kept first and count', () => {
  const factors = [factor('a'), factor('b')];
  const seeds = [
    { a: true, b: true },
    { a: false, b: false },
  ];
  const set = coveringSet(factors, seeds);
  assert.deepEqual(set.slice(0, 2), seeds);
  assert.equal(set.length, 4);
});

test('nothing asked is one seed or nothing', () => {
  assert.deepEqual(coveringSet([]), []);
  assert.deepEqual(coveringSet([], [{}]), [{}]);
});

test('the same factors give the same set', () => {
  const make = () =>
    coveringSet(Array.from({ length: 8 }, (_, n) => factor(`k${n}`, { values: ['a', 'b', 'c'] })));
  assert.deepEqual(make(), make());
});

test('two hundred random sets of questions with conditions are covered', () => {
  for (let seed = 1; seed <= 200; seed += 1) {
    const random = createRandom(seed);
    const factors: Factor[] = [];
    const count = 3 + random.int(4);
    for (let at = 0; at < count; at += 1) {
      const values = ['a', 'b', 'c', 'd'].slice(0, 2 + random.int(3));
      const root = at > 0 && random.int(2) === 0 ? random.pick(factors) : undefined;
      const [when, always] = [random.pick(values), random.int(2) === 0];
      const options = (before: Combination): readonly Value[] => {
        if (root === undefined || before[root.key] === when) return values;
        return always ? values.slice(1) : [];
      };
      factors.push(factor(`k${at}`, { values, options, needs: root === undefined ? [] : [root.key] }));
    }
    checkCovers(factors, `seed ${seed}`);
  }
});
