import { dunder } from '../paths';
import type { TemplateInput } from '../template';
import { spellings } from '../words';

/** Inputs by their key, in the order in which they are asked. */
export type Inputs = ReadonlyMap<string, TemplateInput>;

export const keyPattern = /^[a-z][a-zA-Z0-9]*$/;

/** Names that an answer would hide, or that would hide it: helpers, blocks, the template's own, Python's `__init__` and its like. */
export const takenKeys: ReadonlySet<string> = new Set([
  ...Object.keys(spellings),
  ...dunder,
  ...'template raw if unless each with lookup log this else eq has and or not true false'.split(' '),
  'constructor',
  'prototype',
]);

/** The keys of `template.yaml`, in the order in which they are best written. */
export const templateKeys = [
  'id',
  'version',
  'title',
  'description',
  'include',
  'inputs',
  'presets',
  'computed',
  'files',
  'renames',
  'migrations',
  'constraints',
  'actions',
  'next',
] as const;

const everyInput = ['key', 'type', 'title', 'prompt', 'when'] as const;
const text = ['placeholder', 'pattern', 'maxLength', 'message', 'reserved', 'reservedMessage'] as const;

/** The keys of an input, by its type. */
export const inputKeys: Readonly<Record<TemplateInput['type'], readonly string[]>> = {
  string: [...everyInput, ...text, 'default'],
  secret: [...everyInput, ...text],
  choice: [...everyInput, 'choices', 'default'],
  'multi-choice': [...everyInput, 'choices', 'default', 'minimum'],
  boolean: [...everyInput, 'default'],
};

export const choiceKeys = ['value', 'title', 'description', 'when', 'reason'] as const;
export const presetKeys = ['id', 'title', 'description', 'answers'] as const;
export const ruleKeys = ['match', 'class', 'when'] as const;
export const renameKeys = ['since', 'from', 'to'] as const;
export const migrationKeys = ['version', 'rename', 'split', 'default'] as const;
export const constraintKeys = ['tool', 'version', 'why'] as const;
export const actionKeys = ['type', 'title', 'manual', 'task', 'when'] as const;
