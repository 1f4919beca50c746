import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FieldView, FormView } from '../../../../src/scaffold/form/protocol';
import { standIns } from '../../../../src/scaffold/form/fields';
import type { FormState } from '../../../../src/scaffold/form/state';
import { viewOf, whyNot } from '../../../../src/scaffold/form/view';
import { after, answer, fresh, render } from './helpers';

const view = (state: FormState): FormView => viewOf(state, render);
const field = (state: FormState, key: string): FieldView => {
  const found = view(state).fields.find((one) => one.key === key);
  assert.ok(found, `${key} is asked`);
  return found;
};
const keys = (state: FormState): readonly string[] => view(state).fields.map((one) => one.key);
const whole = after(fresh(), answer('name', 'orders'), answer('owner', 'team'));

test('a new form says what is needed without calling anything wrong', () => {
  const first = view(fresh());
  assert.equal(first.reason, 'Still needed: Name, Owner.');
  assert.equal(first.faults, 2);
  assert.deepEqual(
    first.fields.filter((one) => one.fault !== undefined),
    [],
  );
  assert.deepEqual(
    first.fields.filter((one) => one.required).map((one) => one.key),
    ['name', 'owner'],
  );
});

test('what is wrong is said at its field once it was answered, and at all fields once Create was pressed', () => {
  const wrong = after(fresh(), answer('name', 'Orders'));
  assert.equal(field(wrong, 'name').fault, 'Use lower-case letters.');
  assert.equal(field(wrong, 'owner').fault, undefined);
  assert.equal(view(wrong).reason, 'Still needed: Owner. To be changed: Name.');
  assert.equal(field(after(wrong, { type: 'create' }), 'owner').fault, 'Owner is needed.');
  assert.equal(field(after(wrong, answer('name', '')), 'name').fault, 'Name is needed.');
});

test('the engine’s own checks speak, of Python names too', () => {
  assert.match(field(after(fresh(), answer('name', 'import')), 'name').fault ?? '', /keyword of Python/);
});

test('a whole form can be created', () => {
  assert.equal(whyNot(whole, render), undefined);
  assert.equal(view(whole).faults, 0);
});

test('defaults follow the answers before them until they are answered', () => {
  assert.equal(field(whole, 'description').value, 'The Orders service.');
  assert.equal(field(after(whole, answer('name', 'items')), 'description').value, 'The Items service.');
  const own = after(whole, answer('description', 'Mine.'), answer('name', 'items'));
  assert.equal(field(own, 'description').value, 'Mine.');
  assert.ok(field(own, 'description').changed);
  assert.equal(
    field(after(own, { type: 'reset', key: 'description' }), 'description').value,
    'The Items service.',
  );
  assert.equal(field(own, 'name').changed, false, 'there is nothing to go back to');
});

test('a default that is made of a missing answer waits for it, and is no fault', () => {
  const { value, placeholder, fault } = field(after(fresh(), { type: 'create' }), 'description');
  assert.deepEqual([value, fault], ['', undefined]);
  assert.match(placeholder, /Suggested once/);
});

test('conditions ask and unask, and what is not asked is not needed', () => {
  assert.ok(!keys(whole).includes('broker') && !keys(whole).includes('token'));
  const celery = after(whole, answer('tasks', 'celery'));
  assert.ok(keys(celery).includes('broker'));
  assert.equal(view(celery).reason, 'Still needed: Broker.');
  assert.equal(view(after(celery, answer('tasks', 'none'))).reason, undefined);
});

test('a choice that can not be chosen says why; one that was chosen before is a fault', () => {
  const refused = (state: FormState): string | undefined =>
    field(state, 'ci').choices.find((one) => one.value === 'beat')?.refused;
  assert.equal(refused(whole), 'It needs Celery.');
  const celery = after(whole, answer('tasks', 'celery'), answer('broker', 'x'), answer('ci', ['beat']));
  assert.equal(refused(celery), undefined);
  assert.equal(view(celery).reason, undefined);
  assert.equal(field(after(celery, answer('tasks', 'none')), 'ci').fault, 'It needs Celery.');
  assert.equal(field(after(celery, answer('ci', [])), 'ci').fault, 'Choose at least 1.');
});

test('presets are offered with the template’s own defaults first', () => {
  assert.deepEqual(
    view(whole).presets.map((one) => one.id),
    ['', 'worker'],
  );
  assert.deepEqual(view(after(whole, { type: 'template', id: 'other' })).presets, []);
  const worker = after(whole, { type: 'preset', id: 'worker' });
  assert.equal(field(worker, 'sentry').value, true);
  assert.equal(field(worker, 'sentry').changed, false);
  assert.ok(field(after(worker, answer('sentry', false)), 'sentry').changed);
});

test('what stands in the way is said for its own folder only', () => {
  const found = { dir: '/srv/orders', obstacle: '/srv/orders is full.', exists: false, conflicts: [] };
  const blocked = after(whole, { type: 'found', found });
  assert.equal(view(blocked).reason, '/srv/orders is full.');
  assert.equal(view(blocked).place.folderFault, '/srv/orders is full.');
  assert.equal(view(after(blocked, answer('name', 'items'))).reason, undefined);
});

test('files that differ have to be decided about, one by one', () => {
  const found = { dir: '/srv/orders', obstacle: undefined, exists: true, conflicts: ['a', 'b'] };
  const open = after(whole, { type: 'found', found });
  assert.match(view(open).reason ?? '', /Decide what becomes of a and 1 more/);
  const one = after(open, { type: 'decide', path: 'a', decision: 'keep' });
  assert.match(view(one).reason ?? '', /becomes of b:/);
  assert.equal(view(after(one, { type: 'decide', path: 'b', decision: 'overwrite' })).reason, undefined);
});

test('examples stand in for what is missing, so that there are files to look at from the start', () => {
  const stand = standIns(fresh(), render);
  assert.deepEqual(stand?.titles, ['Name', 'Owner']);
  assert.equal(stand?.given['name'], 'order-items');
  assert.deepEqual(standIns(whole, render)?.titles, []);
  const wrong = standIns(after(whole, answer('name', 'NO')), render);
  assert.deepEqual([wrong?.titles, wrong?.given['name']], [['Name'], 'order-items']);
  const asked = after(whole, answer('tasks', 'celery'), answer('sentry', true), answer('ci', ['nonsense']));
  assert.deepEqual(standIns(asked, render)?.titles, ['Broker', 'CI', 'Token']);
});
