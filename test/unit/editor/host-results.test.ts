import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { countEvents } from '../../editor/host-suite';
import { formatEvent, parseEvents, type HostEvent } from '../../host/runner/results';

const events: readonly HostEvent[] = [
  { event: 'passed', title: 'activation is quick', ms: 12 },
  { event: 'failed', title: 'tasks "all" run', error: 'expected 1\ngot 2' },
  { event: 'skipped', title: 'later' },
  { event: 'end' },
];

describe('results of the in-host suite', () => {
  test('come back as they were written, line breaks and quotes included', () => {
    assert.deepEqual(parseEvents(events.map(formatEvent).join('')), events);
  });

  test('a line that is still being written is left for later', () => {
    const [first, second] = events.map(formatEvent);
    assert.deepEqual(parseEvents(`${first}${second?.slice(0, 20)}`), events.slice(0, 1));
  });

  test('an unknown event is an error, not a passed test', () => {
    assert.throws(() => parseEvents('{"event":"fine"}\n'), /does not know the event fine/u);
  });

  test('are counted', () => {
    assert.deepEqual(countEvents(events), { passed: 1, failed: 1, skipped: 1 });
  });
});
