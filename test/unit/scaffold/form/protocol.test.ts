import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isHostMessage, isPageMessage, savedForm } from '../../../../src/scaffold/form/protocol';
import { contentView, filesView } from '../../../../src/scaffold/form/files';
import { savedOf } from '../../../../src/scaffold/form/state';
import { viewOf } from '../../../../src/scaffold/form/view';
import { fresh, render } from './helpers';

/** As a message arrives: through JSON. */
const sent = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

test('what the host sends is what the page takes', () => {
  const state = fresh();
  const form = { type: 'form', revision: 3, form: viewOf(state, render), saved: savedOf(state) };
  assert.ok(isHostMessage(sent(form)));
  const file = {
    path: 'a',
    kind: 'create',
    class: 'sample',
    bytes: new Uint8Array([65]),
    executable: false,
    standing: undefined,
  } as const;
  const files = filesView({ files: [file], standIns: [] }, state);
  const content = contentView(file, undefined);
  assert.ok(isHostMessage(sent({ type: 'files', revision: 3, files, content })));
  assert.ok(isHostMessage(sent({ type: 'files', revision: 3, files })));
  assert.ok(savedForm(sent(savedOf(state))));
});

test('the page’s words are taken, with their number', () => {
  for (const word of [
    { type: 'ready' },
    { type: 'template', id: 'x' },
    { type: 'answer', key: 'name', value: 'x' },
    { type: 'answer', key: 'ci', value: ['x'] },
    { type: 'answer', key: 'sentry', value: false },
    { type: 'decide', path: 'a', decision: 'keep' },
    { type: 'create' },
  ]) {
    assert.ok(isPageMessage({ ...word, revision: 1 }), JSON.stringify(word));
    assert.ok(!isPageMessage(word), 'without a number it is dropped');
  }
});

test('anything else is dropped', () => {
  for (const value of [
    undefined,
    null,
    'create',
    [],
    {},
    { type: 'run', revision: 1 },
    { type: 'create', revision: -1 },
    { type: 'create', revision: 1.5 },
    { type: 'create', revision: '1' },
    { type: 'create', revision: 1, path: '/etc/passwd' },
    { type: 'answer', key: 'name', value: 1, revision: 1 },
    { type: 'answer', key: 'name', value: { text: 'x' }, revision: 1 },
    { type: 'answer', key: 'name', revision: 1 },
    { type: 'answer', key: 'ci', value: ['x', 1], revision: 1 },
    { type: 'answer', key: 'name', value: 'x'.repeat(2_000_000), revision: 1 },
    { type: 'decide', path: 'a', decision: 'delete', revision: 1 },
    Object.create({ type: 'create', revision: 1 }),
  ])
    assert.ok(!isPageMessage(value), JSON.stringify(value)?.slice(0, 80));
  assert.ok(!isHostMessage({ type: 'form', revision: 1, form: {} }));
  assert.ok(!isHostMessage({ type: 'files', revision: 1, files: { rows: [{}] } }));
  for (const saved of [undefined, {}, { template: 'x' }, 'x']) assert.ok(!savedForm(saved));
});
