import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { diffLines } from '../../../../src/scaffold/merge/diff';
import { mergeTexts } from '../../../../src/scaffold/merge/text';
import type { Random } from '../../../helpers/random';
import { createRandom } from '../../../helpers/random';
import { edited, randomLines } from './edits';

const labels = { ours: 'yours', base: 'template 1.0.0', theirs: 'template 1.1.0' };
const text = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');

/** Puts the hunks of a diff into `a`; gives `b` when the diff is right. */
function patched(a: readonly string[], b: readonly string[]): readonly string[] {
  let shift = 0;
  let now = a;
  let last = -1;
  for (const { aStart, aEnd, bStart, bEnd } of diffLines(a, b)) {
    assert.ok(aStart > last || last === -1, 'hunks do not touch');
    last = aEnd;
    now = now.toSpliced(aStart + shift, aEnd - aStart, ...b.slice(bStart, bEnd));
    shift += bEnd - bStart - (aEnd - aStart);
  }
  return now;
}

/** The length of the longest common subsequence, the slow and plain way. */
function longest(a: readonly string[], b: readonly string[]): number {
  let row = Array.from({ length: b.length + 1 }, () => 0);
  for (const line of a) {
    const next = [0];
    b.forEach((other, at) =>
      next.push(line === other ? (row[at] ?? 0) + 1 : Math.max(row[at + 1] ?? 0, next[at] ?? 0)),
    );
    row = next;
  }
  return row.at(-1) ?? 0;
}

test('a diff makes the one text of the other, and is as short as any', () => {
  const random = createRandom(1);
  for (let run = 0; run < 3000; run++) {
    const letters = 'abcdef'.slice(0, 1 + random.int(6));
    const lines = (): readonly string[] =>
      Array.from({ length: random.int(14) }, () => letters[random.int(letters.length)] ?? '');
    const [a, b] = [lines(), lines()];
    assert.deepEqual(patched(a, b), b, `run ${run}`);
    const removed = diffLines(a, b).reduce((sum, hunk) => sum + hunk.aEnd - hunk.aStart, 0);
    assert.equal(a.length - removed, longest(a, b), `run ${run}: ${a.join('')} ${b.join('')}`);
  }
});

test('long texts that share nothing, and long ones that share all but a line, are compared in little memory', () => {
  const many = Array.from({ length: 20_000 }, (_, at) => `line ${at}`);
  assert.deepEqual(diffLines(many, many), []);
  assert.deepEqual(patched(many, many.toSpliced(9999, 1, 'other')), many.toSpliced(9999, 1, 'other'));
  const others = many.map((line) => `not ${line}`);
  assert.deepEqual(patched(many, others), others);
  const shuffled = many.toSorted((a, b) => (a.slice(-3) + a < b.slice(-3) + b ? -1 : 1));
  assert.deepEqual(patched(many, shuffled), shuffled);
});

test('a change that could stand in several places stands as late as possible', () => {
  const hunks = diffLines(['a', '}', 'b', '}'], ['a', '}', 'x', '}', 'b', '}']);
  assert.deepEqual(hunks, [{ aStart: 2, aEnd: 2, bStart: 2, bEnd: 4 }]);
});

interface Case {
  readonly base: string;
  readonly ours: string;
  readonly theirs: string;
}

function randomCase(random: Random, unlike: number): Case {
  const base = randomLines(random, 3 + random.int(30), unlike);
  const ours = edited(base, 'ours', random.int(4), random);
  // Sometimes both change alike.
  const start = random.int(4) === 0 ? edited(ours, 'ours', 1, random) : base;
  return { base: text(base), ours: text(ours), theirs: text(edited(start, 'theirs', random.int(4), random)) };
}

/** What git makes of it; undefined where there is no git. */
function gitMerge(dir: string, { base, ours, theirs }: Case): string | undefined {
  const files = { ours, base, theirs };
  for (const [name, content] of Object.entries(files)) writeFileSync(join(dir, name), content);
  const names = ['-L', labels.ours, '-L', labels.base, '-L', labels.theirs];
  const run = spawnSync('git', ['merge-file', '-p', '--diff3', ...names, 'ours', 'base', 'theirs'], {
    cwd: dir,
    encoding: 'utf8',
  });
  if (run.error) return undefined;
  assert.ok(run.status !== null && run.status < 128, run.stderr);
  return run.stdout;
}

const conflictsIn = (merged: string): number => merged.split('<<<<<<< ').length - 1;

/** Whether a line stands twice in a text: then two shortest diffs may pair it differently, and both are right. */
function repeats({ base, ours, theirs }: Case): boolean {
  return [base, ours, theirs].some((one) => new Set(one.split('\n')).size < one.split('\n').length);
}

describe('git merge-file is the judge', () => {
  const dir = mkdtempSync(join(tmpdir(), 'merge-'));
  after(() => rmSync(dir, { recursive: true }));

  test('texts are merged as git merges them, with the same markers', (t) => {
    const runs = 300;
    const random = createRandom(7);
    const seen = { clean: 0, conflicts: 0, otherwise: 0 };
    for (let run = 0; run < runs; run++) {
      const one = randomCase(random, run % 2 === 0 ? 1000 : 5);
      const git = gitMerge(dir, one);
      if (git === undefined) return t.skip('there is no git on the PATH');
      const merged = mergeTexts(one, labels);
      assert.equal(merged.conflicts, conflictsIn(merged.text));
      if (merged.text === git) seen[merged.conflicts === 0 ? 'clean' : 'conflicts']++;
      else {
        // Only where lines repeat, and only where one of us sees a conflict: two clean merges never differ.
        assert.ok(repeats(one), `run ${run}`);
        assert.ok(merged.conflicts + conflictsIn(git) > 0, `run ${run}: ${JSON.stringify(one)}`);
        seen.otherwise++;
      }
    }
    assert.ok(seen.otherwise <= runs / 100, JSON.stringify(seen));
    assert.ok(seen.clean > runs / 3 && seen.conflicts > runs / 10, JSON.stringify(seen));
  });
});

test('what only one side changed is that side’s, and what both have is both’s', () => {
  const random = createRandom(11);
  for (let run = 0; run < 1000; run++) {
    const { base, ours } = randomCase(random, 4);
    assert.deepEqual(mergeTexts({ base, ours: base, theirs: ours }, labels), { text: ours, conflicts: 0 });
    assert.deepEqual(mergeTexts({ base, ours, theirs: base }, labels), { text: ours, conflicts: 0 });
    assert.deepEqual(mergeTexts({ base, ours, theirs: ours }, labels), { text: ours, conflicts: 0 });
  }
});

test('every line that we wrote is in the merge, and the two sides of a merge can be exchanged', () => {
  const random = createRandom(13);
  for (let run = 0; run < 1000; run++) {
    const one = randomCase(random, 5);
    const merged = mergeTexts(one, labels);
    const lines = merged.text.split('\n');
    for (const line of one.ours.split('\n')) {
      if (line.startsWith('ours ')) assert.ok(lines.includes(line), `run ${run}: ${line}`);
    }
    const turned = mergeTexts({ base: one.base, ours: one.theirs, theirs: one.ours }, labels);
    assert.equal(turned.conflicts, merged.conflicts, `run ${run}`);
    if (merged.conflicts === 0) assert.equal(turned.text, merged.text, `run ${run}`);
  }
});
