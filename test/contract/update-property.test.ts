import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { bundle } from '../editor/bundle';
import type { Counts } from '../helpers/update-histories';

/**
 * Random versions of a template, random edits between updates. Whatever happens: no line and no binary file that a person wrote is lost,
 * what nobody touched is what the new version gives, and a second update finds nothing to do. `seed N` in a failure plays that history
 * again.
 */

const sequences = 2000;
const kinds = ['create', 'same', 'merge', 'conflict', 'update', 'delete', 'keep'];

test(`${sequences} random histories lose nothing`, async () => {
  const [script = ''] = await bundle(['test/helpers/update-histories.ts']);
  const run = async (from: number, to: number): Promise<Counts> => {
    const { stdout } = await promisify(execFile)(process.execPath, [script, String(from), String(to)]);
    const counts: Counts = JSON.parse(stdout);
    return counts;
  };
  const halves = await Promise.all([run(0, sequences / 2), run(sequences / 2, sequences)]);
  const sum = (of: (counts: Counts) => number | undefined): number =>
    halves.reduce((all, half) => all + (of(half) ?? 0), 0);
  assert.ok(sum((counts) => counts.updates) >= sequences * 2);
  for (const kind of kinds)
    assert.ok(sum((counts) => counts.kinds[kind]) > sequences / 10, `too few of kind ${kind}`);
});
