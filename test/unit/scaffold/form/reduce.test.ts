import assert from 'node:assert/strict';
import { test } from 'node:test';
import { restoreForm, savedOf, givenOf, placeOf } from '../../../../src/scaffold/form/state';
import { after, answer, fresh, other } from './helpers';

test('an answer is kept when another template, or another answer, does not ask it', () => {
  const typed = after(
    fresh(),
    answer('name', 'orders'),
    answer('tasks', 'celery'),
    answer('broker', 'amqp://x'),
  );
  const elsewhere = after(typed, { type: 'template', id: 'other' });
  assert.equal(elsewhere.template, other);
  assert.deepEqual(givenOf(elsewhere), { name: 'orders' });
  const back = after(
    elsewhere,
    { type: 'template', id: 'shop' },
    answer('tasks', 'none'),
    answer('tasks', 'celery'),
  );
  assert.equal(givenOf(back)['broker'], 'amqp://x');
});

test('a message that fits nothing changes nothing', () => {
  const state = fresh();
  for (const word of [
    answer('nobody', 'x'),
    answer('name', true),
    answer('sentry', 'yes'),
    answer('ci', 'github'),
    answer('__proto__', 'x'),
    { type: 'template', id: 'nonsense' } as const,
    { type: 'preset', id: 'nonsense' } as const,
  ])
    assert.deepEqual({ ...after(state, word), revision: 0 }, state, JSON.stringify(word));
});

test('a preset answers for the person, who can answer otherwise and go back', () => {
  const typed = after(fresh(), answer('name', 'orders'), answer('tasks', 'none'));
  const worker = after(typed, { type: 'preset', id: 'worker' });
  assert.deepEqual(givenOf(worker), { name: 'orders', tasks: 'celery', sentry: true });
  const own = after(worker, answer('sentry', false));
  assert.equal(givenOf(own)['sentry'], false);
  assert.equal(givenOf(after(own, { type: 'reset', key: 'sentry' }))['sentry'], true);
  assert.deepEqual(givenOf(after(own, { type: 'preset', id: '' })), { name: 'orders' });
});

test('what was remembered answers until the person does', () => {
  const state = fresh({ remembered: { owner: 'team-shop', description: 'Old.' } });
  assert.deepEqual(givenOf(state), { owner: 'team-shop' }, 'and never in place of a default');
  assert.equal(givenOf(after(state, answer('owner', '')))['owner'], '');
});

test('a form begins with what its caller gives, as its questions have it', () => {
  const given = { name: 'orders', ci: 'github, beat', sentry: 'false', nobody: 'x' };
  const state = fresh({ preset: 'worker', answers: given });
  assert.deepEqual(givenOf(state), {
    name: 'orders',
    tasks: 'celery',
    ci: ['github', 'beat'],
    sentry: false,
  });
  assert.equal(fresh({ preset: 'nonsense' }).preset, '');
  assert.equal(fresh({ template: 'other' }).template, other);
});

test('texts go to the engine without space around them', () => {
  assert.equal(givenOf(after(fresh(), answer('name', ' orders ')))['name'], 'orders');
});

test('the folder is named after the service until it is given a name, and again when that is emptied', () => {
  const named = after(fresh(), answer('name', 'orders'));
  assert.equal(placeOf(named).dir, '/srv/orders');
  const own = after(named, { type: 'folder', name: 'shop-orders' }, answer('name', 'items'));
  assert.equal(placeOf(own).dir, '/srv/shop-orders');
  assert.equal(placeOf(after(own, { type: 'folder', name: '' })).dir, '/srv/items');
});

test('a place that can not be says why', () => {
  const named = after(fresh(), answer('name', 'orders'));
  const fault = (word: Parameters<typeof after>[1]): string | undefined => {
    const place = placeOf(after(named, word));
    assert.equal(place.dir, '');
    return place.parentFault ?? place.folderFault;
  };
  assert.match(fault({ type: 'parent', path: '' }) ?? '', /Give the folder/);
  assert.match(fault({ type: 'parent', path: 'srv' }) ?? '', /"srv" is not absolute/);
  for (const name of ['a/b', '..', '.', 'a\\b'])
    assert.match(fault({ type: 'folder', name }) ?? '', /one name/);
  assert.equal(placeOf(after(named, { type: 'parent', path: 'C:\\srv' })).dir, 'C:/srv/orders');
  assert.equal(placeOf(after(named, { type: 'browsed', path: '/opt' })).dir, '/opt/orders');
});

test('nothing is edited while the service is made, and after a failure everything is still there', () => {
  const making = after(fresh(), answer('name', 'orders'), { type: 'creating' });
  assert.equal(givenOf(after(making, answer('name', 'items')))['name'], 'orders');
  const failed = after(making, { type: 'failed', problem: 'The disk is full.' });
  assert.equal(failed.phase, 'editing');
  assert.equal(failed.problem, 'The disk is full.');
  assert.equal(after(failed, answer('name', 'items')).problem, undefined);
  const made = after(making, { type: 'made', done: { title: 'orders is ready', lines: [], next: [] } });
  assert.equal(made.phase, 'done');
  assert.equal(made.dirty, false, 'there is nothing left to lose');
});

test('what is kept for the next window holds no secret, and brings everything else back', () => {
  const state = after(
    fresh(),
    answer('name', 'orders'),
    answer('sentry', true),
    answer('token', 'hunter2'),
    { type: 'folder', name: 'x' },
    { type: 'show', path: 'Makefile' },
  );
  const saved = savedOf(state);
  assert.doesNotMatch(JSON.stringify(saved), /hunter2/);
  const back = restoreForm(fresh({ parents: ['/elsewhere'] }), saved);
  assert.deepEqual(givenOf(back), { name: 'orders', sentry: true });
  assert.equal(placeOf(back).dir, '/srv/x');
  assert.equal(back.shown, 'Makefile');
  assert.ok(back.dirty);
});

test('a saved form whose template is gone is a new form', () => {
  const state = fresh();
  assert.equal(restoreForm(state, { ...savedOf(state), template: 'gone' }), state);
  assert.equal(restoreForm(state, { ...savedOf(state), preset: 'gone' }).preset, '');
});
