import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Progress, Target } from '../../../src/deploy';
import { lineProgress, noteLines, resultLines, together } from '../../../src/deploy/task-text';

const target: Target = {
  app: 'orders',
  environment: { name: 'staging', platform: 'empire', protected: false, config: {} },
  dir: '/s',
};

test('a deploy in a terminal: stages, lines without tricks, and how it ended', () => {
  const lines: string[] = [];
  const progress = lineProgress((line) => lines.push(line));
  progress.stage?.('build', 'started', 0);
  progress.line?.('\u001B[2Jred');
  progress.stage?.('build', 'done', 1.5);
  assert.deepEqual(lines, ['▸ Building', '  \\u001B[2Jred', '  ✓ (1.5 s)']);
  const rest = { stages: [], seconds: 3 };
  assert.deepEqual(resultLines(target, { outcome: 'live', release: 4, ...rest }), [
    '✓ orders v4 is live in staging (3.0 s).',
  ]);
  const error = {
    code: 'a/b',
    message: 'It broke.',
    lines: ['why'],
    fix: { kind: 'hint' as const, label: 'Mend it' },
  };
  assert.deepEqual(resultLines(target, { outcome: 'failed', error, ...rest }), [
    '  │ why',
    '✗ It broke.',
    '  Mend it',
  ]);
  assert.equal(
    resultLines(target, { outcome: 'unknown', ...rest }).at(-1),
    '? It is not known how the deploy ended.',
  );
});

test('notes with the places of what may not be meant', () => {
  const notes = [
    { level: 'warning' as const, code: 'a', message: 'Look.', details: ['x:1'] },
    { level: 'info' as const, code: 'b', message: 'Good.', details: ['y:1'] },
  ];
  assert.deepEqual(noteLines(notes), ['⚠ Look.', '    x:1', '· Good.']);
});

test('several listeners hear the same', () => {
  const heard: string[] = [];
  const one = (name: string): Progress => ({
    started: (deploy) => heard.push(`${name} ${deploy}`),
    line: (line) => heard.push(`${name} ${line}`),
  });
  const both = together(one('a'), one('b'));
  both.started?.('d1');
  both.line?.('l');
  both.stage?.('build', 'started', 0);
  both.progress?.(1, 2);
  assert.deepEqual(heard, ['a d1', 'b d1', 'a l', 'b l']);
});
