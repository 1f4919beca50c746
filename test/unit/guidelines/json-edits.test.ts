import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { runEdits } from './edits';
import { layouts } from './layouts';

describe('after edits of JSON the model and the findings are those of a fresh reading', () => {
  for (const [name, text] of Object.entries(layouts))
    for (const seed of [1, 2])
      test(`with ${name}, seed ${seed}`, () => {
        const run = runEdits(text, { seed, count: 120, every: 2 });
        assert.equal(run.failure, undefined);
      });
});
