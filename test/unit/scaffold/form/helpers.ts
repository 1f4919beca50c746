import { parseTemplate } from '../../../../src/scaffold/manifest';
import type { Template } from '../../../../src/scaffold';
import type { PageMessage, PageWord } from '../../../../src/scaffold/form/protocol';
import type { Happening } from '../../../../src/scaffold/form/reduce';
import { reduce } from '../../../../src/scaffold/form/reduce';
import type { FormState } from '../../../../src/scaffold/form/state';
import { beginForm } from '../../../../src/scaffold/form/state';
import { createRender } from '../../../../src/scaffold/render';
import { file } from '../helpers';

const shopText = `
id: shop
version: 1.0.0
title: Shop
description: A shop.
inputs:
  - key: name
    title: Name
    prompt: Lower-case words.
    placeholder: order-items
    pattern: '^[a-z][a-z0-9-]*$'
    maxLength: 20
    message: Use lower-case letters.
  - { key: description, title: Description, prompt: One line., default: 'The {{title name}} service.' }
  - { key: owner, title: Owner, prompt: The team., pattern: '^[a-z-]+$' }
  - key: tasks
    type: choice
    title: Tasks
    prompt: What runs later.
    default: none
    choices: [{ value: none, title: None }, { value: celery, title: Celery, description: A queue. }]
  - { key: broker, title: Broker, prompt: Its address., when: tasks == celery }
  - key: ci
    type: multi-choice
    title: CI
    prompt: Who tests it.
    minimum: 1
    default: [github]
    choices:
      - { value: github, title: GitHub }
      - { value: beat, title: Beat, when: tasks == celery, reason: It needs Celery. }
  - { key: sentry, type: boolean, title: Sentry, prompt: Report errors., default: false }
  - { key: token, type: secret, title: Token, prompt: Of the registry., when: sentry }
presets:
  - { id: worker, title: Worker, description: Works., answers: { tasks: celery, sentry: true } }
computed: { module: '{{snake name}}' }
files: [{ match: 'Makefile', class: managed }]
constraints: [{ tool: python3, version: '>=3.11', why: runs it }]
actions: []
next: [make setup]
`;

const otherText = `
id: other
version: 2.0.0
title: Other
description: Another.
inputs:
  - { key: name, title: Name, prompt: Lower-case words. }
files: []
actions: []
next: []
`;

const templateOf = (text: string, ...sources: Template['sources']): Template => ({
  ...parseTemplate(text, '/templates/x/template.yaml'),
  dir: '/templates/x',
  source: 'bundled',
  sources,
  partials: new Map(),
});

export const shop = templateOf(
  shopText,
  file('README.md.hbs', '# {{title name}}\n'),
  file('Makefile', 'all:\n'),
);
export const other = templateOf(otherText, file('a.txt', 'a'));
export const render = createRender();

export const fresh = (more: Partial<Parameters<typeof beginForm>[0]> = {}): FormState =>
  beginForm({ templates: [shop, other], answers: {}, remembered: {}, parents: ['/srv', '/home'], ...more });

/** The form after the page said these words, one after the other. */
export function after(state: FormState, ...words: readonly (PageWord | Happening)[]): FormState {
  return words.reduce<FormState>((now, word) => reduce(now, numbered(word, now.revision + 1)), state);
}

const happenings = new Set(['browsed', 'found', 'tools', 'creating', 'failed', 'made']);
const isHappening = (word: PageWord | Happening): word is Happening => happenings.has(word.type);

function numbered(word: PageWord | Happening, revision: number): PageMessage | Happening {
  return isHappening(word) ? word : { ...word, revision };
}

export const answer = (key: string, value: string | boolean | readonly string[]): PageWord => ({
  type: 'answer',
  key,
  value,
});
