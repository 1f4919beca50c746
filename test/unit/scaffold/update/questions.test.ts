import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseTemplate } from '../../../../src/scaffold/manifest';
import type { Answers } from '../../../../src/scaffold';
import { openInputs } from '../../../../src/scaffold/update';

const manifest = parseTemplate(
  `id: tiny
version: 1.1.0
title: Tiny
description: Asks.
inputs:
  - { key: name, title: Name, prompt: A name., placeholder: orders }
  - { key: paas, type: choice, title: Platform, prompt: What runs it., choices: [heroku, none] }
  - { key: app, title: App, prompt: Its app., when: paas == heroku }
  - { key: region, title: Region, prompt: Where., default: '{{app}}', when: paas == heroku }
  - { key: size, title: Size, prompt: How large., default: XL, pattern: '^[a-z]+$' }
  - { key: ci, type: multi-choice, title: CI, prompt: Where., choices: [a, b], minimum: 1 }
  - { key: sentry, type: boolean, title: Sentry, prompt: Errors. }
  - { key: token, type: secret, title: Token, prompt: A token. }
`,
  'template.yaml',
);
const template = { ...manifest, dir: '', source: 'bundled', sources: [], partials: new Map() };
const open = (answers: Answers): readonly string[] =>
  openInputs({ template, answers }).map((input) => input.key);

test('what nobody answered and has no default that can be taken is asked, and no secret', () => {
  assert.deepEqual(open({ name: 'orders' }), ['paas', 'size', 'ci']);
  assert.deepEqual(open({ name: 'orders', paas: 'heroku', size: 's' }), ['app', 'region', 'ci']);
  assert.deepEqual(open({ name: 'orders', paas: 'heroku', size: 's', app: 'x', ci: ['a'] }), []);
  assert.deepEqual(open({ name: 'orders', paas: 'none', size: 's', ci: ['b'] }), []);
});
