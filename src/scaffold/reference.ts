import { isObject } from '../base/json';
import type { Answer } from './answer';
import { isAnswer } from './answer';
import { valueFault } from './condition';
import type { Reference } from './language';
import { Refused } from './text/tree';
import type { TemplateInput } from './template';
import { spellings } from './words';

/** Stands in a context for a secret where none may be put. */
export const hiddenSecret = Object.freeze({ secret: true });

/** Throws Refused where a value is not there, is not of the kind that its use needs, or is compared with what it can never be. */
export function checkReference(
  reference: Reference,
  context: Readonly<Record<string, unknown>>,
  inputs: ReadonlyMap<string, TemplateInput>,
): void {
  if (reference.isItem) return;
  const value = valueAt(reference, context);
  const fault = useFault(reference, value) ?? wordFault(reference, value, inputs);
  if (fault !== undefined) throw new Refused(fault, reference.line);
}

function valueAt({ parts, line }: Reference, context: Readonly<Record<string, unknown>>): Answer {
  const name = parts.join('.');
  let value: unknown = context;
  for (const part of parts) {
    if (!isObject(value) || !Object.hasOwn(value, part)) throw new Refused(unanswered(name), line);
    value = value[part];
  }
  if (value === hiddenSecret) throw new Refused(`${name} is a secret, which no managed file may hold`, line);
  if (!isAnswer(value)) throw new Refused(`${name} is no text`, line);
  return value;
}

function useFault({ parts, use }: Reference, value: Answer): string | undefined {
  const name = parts.join('.');
  const isList = typeof value === 'object';
  if (use === 'text' && isList) return `${name} is a list; go through it with {{#each ${name}}}`;
  return use === 'list' && !isList ? `${name} is no list, which each goes through` : undefined;
}

function wordFault(
  { parts, use, word }: Reference,
  value: Answer,
  inputs: ReadonlyMap<string, TemplateInput>,
): string | undefined {
  if (word === undefined) return undefined;
  const key = parts.join('.');
  const type = typeof value === 'object' ? 'multi-choice' : typeof value;
  return valueFault(inputs.get(key) ?? { type }, { key, operator: use === 'has' ? 'has' : '==', word });
}

function unanswered(name: string): string {
  const spelled = Object.hasOwn(spellings, name) ? `, but a helper, as in {{${name} name}}` : '';
  return `${name} is neither asked nor computed${spelled}; a literal brace is written \\{{`;
}
