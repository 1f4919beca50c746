import assert from 'node:assert/strict';
import { test } from 'node:test';
import { golden } from '../helpers/golden';
import type { Scenario } from '../helpers/update-scenario';
import { play } from '../helpers/update-scenario';
import { edits, samples } from './update/edits';
import { formats } from './update/formats';
import { moves, obstacles } from './update/moves';
import { answers, versions } from './update/versions';

/** What an update does, in tables that people read: the report, then every file (* changed, + new, - gone). */

const groups: Readonly<Record<string, readonly Scenario[]>> = {
  edits,
  samples,
  moves,
  obstacles,
  formats,
  answers,
  versions,
};

for (const [name, scenarios] of Object.entries(groups))
  test(`updates: ${name}`, async () => {
    const told: string[] = [];
    for (const scenario of scenarios) told.push(await play(scenario));
    assert.doesNotMatch(told.join(''), /^AGAIN/m, 'a second update finds nothing to do');
    golden(`update/${name}`, told.join('\n'));
  });

test('there are enough of them, and no two have one name', () => {
  const names = Object.values(groups).flatMap((group) => group.map((one) => one.name));
  assert.ok(names.length >= 60, `${names.length} scenarios`);
  assert.equal(new Set(names).size, names.length);
});
