import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Check } from '../../../src/guidelines/engine';
import { counted, listed } from '../../../src/guidelines/fact';
import { outwards } from '../../../src/guidelines/outwards';
import { Spec } from '../../../src/guidelines/spec';
import { finish } from '../../../src/guidelines/steps';
import { startOf } from '../../../src/guidelines/told';

const text = `openapi: 3.1.0
info: { title: Things, version: 1.0.0 }
paths:
  /a:
    get: { operationId: listA, summary: List a, responses: { '200': { description: All } } }
  /b:
    get: { operationId: listB, summary: List b, responses: { '200': { description: All } } }
`;

function checked(): readonly [spec: Spec, check: Check] {
  const spec = new Spec(text);
  const check = new Check(spec);
  assert.ok(finish(spec.updateSteps()));
  finish(check.steps());
  return [spec, check];
}

/** Types a letter into the summary of the first operation so many times. */
function type(spec: Spec, check: Check, times: number): void {
  for (let time = 0; time < times; time += 1) {
    const at = spec.text.indexOf('List a');
    spec.edit({ start: at, end: at, text: 'x' });
    assert.ok(finish(spec.updateSteps()));
    finish(check.steps());
  }
}

describe('what is known of a whole description', () => {
  test('is kept for a while when nobody asks, then forgotten, and found again when somebody does', () => {
    const [spec, check] = checked();
    let looks = 0;
    const summaries = listed((view) => {
      looks += 1;
      return view.nodes('operation').map((one) => one.stringAt('summary'));
    });
    const names = counted((view) =>
      view.nodes('operation').flatMap((one) => one.stringAt('operationId') ?? []),
    );
    const all = spec.views.length;
    assert.deepEqual(summaries(spec), ['List a', 'List b']);
    assert.equal(names(spec).size, 2);
    assert.equal(looks, all);
    type(spec, check, 3);
    assert.deepEqual(summaries(spec), ['xxxList a', 'List b']);
    assert.equal(looks, all + 1);
    type(spec, check, 100);
    assert.deepEqual(summaries(spec), [`${'x'.repeat(103)}List a`, 'List b']);
    assert.equal(looks, 2 * all + 1);
    assert.deepEqual(
      [...names(spec)],
      [
        ['listA', 1],
        ['listB', 1],
      ],
    );
  });
});

test('parts are met from a place outwards, each once', () => {
  const [spec] = checked();
  const place = text.indexOf('listB');
  const met = outwards(spec.ownViews, place);
  const distances = met.map(({ away }) => away);
  assert.equal(distances[0], 0);
  assert.deepEqual(
    distances,
    distances.toSorted((a, b) => a - b),
  );
  assert.equal(new Set(met.map(({ view }) => view)).size, met.length);
  const first = met[0]?.view.nodes('operation')[0];
  assert.equal(first?.stringAt('operationId'), 'listB');
});

test('what is wanted is looked for from a place outwards until it is found', () => {
  const [spec] = checked();
  const options = { severities: { 'operation-description': 'warning' } } as const;
  const seen = (place: number, reach: number): readonly number[] =>
    finish(new Check(spec, options).around(place, reach, ({ rule }) => rule === 'operation-description')).map(
      (one) => text.lastIndexOf('  /', startOf(one)),
    );
  // Nothing of the kind stands at the start, so the next path is told of; a long reach holds both.
  assert.deepEqual(seen(0, 0), [text.indexOf('  /a')]);
  assert.deepEqual(seen(text.length, 0), [text.indexOf('  /b')]);
  assert.deepEqual(seen(0, text.length), [text.indexOf('  /a'), text.indexOf('  /b')]);
});
