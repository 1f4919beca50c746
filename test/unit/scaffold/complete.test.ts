import assert from 'node:assert/strict';
import { test } from 'node:test';
import { suggestions } from '../../../src/scaffold/editor/complete';
import { help } from '../../../src/scaffold/manifest/help';
import * as keys from '../../../src/scaffold/manifest/keys';
import { actionTypes, inputTypes } from '../../../src/scaffold/template';

/** What is offered where `|` stands in a text. */
const offered = (text: string): readonly string[] => {
  const [before = '', after = ''] = text.split('|');
  return suggestions(before, after).map((one) => one.label);
};

test('each key has a meaning, and each meaning a key', () => {
  const table = {
    template: keys.templateKeys,
    input: [...new Set(Object.values(keys.inputKeys).flat())],
    choice: keys.choiceKeys,
    preset: keys.presetKeys,
    rule: keys.ruleKeys,
    rename: keys.renameKeys,
    migration: keys.migrationKeys,
    constraint: keys.constraintKeys,
    action: keys.actionKeys,
  };
  assert.deepEqual(
    Object.fromEntries(Object.entries(help).map(([part, one]) => [part, Object.keys(one).toSorted()])),
    Object.fromEntries(Object.entries(table).map(([part, one]) => [part, [...one].toSorted()])),
  );
});

test('keys that are not there yet are offered', () => {
  assert.ok(offered('|').includes('id'));
  assert.deepEqual(offered('id: a\nversion: 1.0.0\nti|\ndescription: x\ninputs:\n'), [
    'title',
    'include',
    'presets',
    'computed',
    'files',
    'renames',
    'migrations',
    'constraints',
    'actions',
    'next',
  ]);
  assert.deepEqual(offered('presets:\n  - id: a\n    |\n  - title: x\n    id: b\n'), [
    'title',
    'description',
    'answers',
  ]);
  assert.deepEqual(offered('presets:\n  - |\n    id: a\n'), ['title', 'description', 'answers']);
  assert.deepEqual(offered('files:\n- match: a\n  |\n'), ['class', 'when']);
  assert.deepEqual(offered("files:\n  - { match: 'a', | }\n  - { match: b, class: sample }\n"), [
    'class',
    'when',
  ]);
  assert.deepEqual(offered('inputs:\n  - key: a\n    type: boolean\n    title: A\n    |\n'), [
    'prompt',
    'when',
    'default',
  ]);
  assert.deepEqual(
    offered('inputs:\n  - key: a\n    choices:\n      - value: x\n        |\n    title: b\n'),
    ['title', 'description', 'when', 'reason'],
  );
  assert.ok(offered('inputs:\n  - key: a\n    choices:\n      - value: x\n    |\n').includes('prompt'));
  assert.deepEqual(offered('renames:\n  # old\n\n  - since: 1.0.0\n    |'), ['from', 'to']);
});

test('words are offered where only some can stand', () => {
  assert.deepEqual(offered('inputs:\n  - key: a\n    type: |\n'), inputTypes);
  assert.deepEqual(offered('inputs:\n  - { key: a, type: c|, title: x }\n'), inputTypes);
  assert.deepEqual(offered('files:\n  - match: a\n    class: |'), ['managed', 'sample']);
  assert.deepEqual(offered('actions:\n  - type: |'), actionTypes);
  assert.deepEqual(offered('actions: [git-init, |]'), actionTypes);
  assert.deepEqual(offered('actions:\n  - |').slice(0, actionTypes.length), actionTypes);
  assert.deepEqual(offered('inputs:\n  - key: a\n  - { key: b }\nfiles:\n  - match: x\n    when: |'), [
    'a',
    'b',
  ]);
});

test('nothing is offered in texts and free mappings', () => {
  for (const text of [
    'title: A|',
    'computed:\n  |',
    'presets:\n  - id: a\n    answers:\n      |',
    'inputs:\n  - key: a\n    prompt: Some words |',
    'next: [|]',
    'next:\n  - |',
  ])
    assert.deepEqual(offered(text), [], text);
});
