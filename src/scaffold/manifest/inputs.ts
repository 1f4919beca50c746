import { messageOf } from '../../base/errors';
import type { Condition } from '../condition';
import { slowPattern } from '../pattern/time';
import type { Spot } from '../spot';
import { checkKeys, listAt, mapping, oneOf, optional, textAt, textsAt, wholeAt } from '../spot';
import type {
  BooleanInput,
  Choice,
  ChoiceInput,
  MultiChoiceInput,
  SecretInput,
  StringInput,
  TemplateInput,
  TemplateManifest,
} from '../template';
import { inputTypes } from '../template';
import { readCondition } from './conditions';
import type { Inputs } from './keys';
import { choiceKeys, inputKeys } from './keys';

/** The longest answer where the template says nothing, and where it says most: a pattern is tried on no longer text. */
const usualCharacters = 200;
const mostCharacters = 1000;
const mostInputs = 200;
const mostChoices = 500;

/** Reads `inputs:`; each may ask only about those before it. */
export function readInputs(root: Spot): Inputs {
  const inputs = new Map<string, TemplateInput>();
  const list = listAt(root, 'inputs');
  if (list.length > mostInputs) throw root.at('inputs').broken(`more than ${mostInputs} inputs are too many`);
  for (const spot of list) {
    mapping(spot);
    const key = textAt(spot, 'key');
    if (inputs.has(key)) throw spot.at('key').broken(`${key} is there twice`);
    inputs.set(key, readInput(spot, inputs));
  }
  return inputs;
}

function readInput(spot: Spot, before: Inputs): TemplateInput {
  const type = spot.at('type').value === undefined ? 'string' : oneOf(spot, 'type', inputTypes);
  checkKeys(spot, inputKeys[type]);
  const base = {
    key: textAt(spot, 'key'),
    title: textAt(spot, 'title'),
    prompt: textAt(spot, 'prompt'),
    ...whenOf(spot, before),
  };
  switch (type) {
    case 'string':
      return { ...base, type, ...readText(spot, base.prompt), ...defaultText(spot) } satisfies StringInput;
    case 'secret':
      return { ...base, type, ...readText(spot, base.prompt) } satisfies SecretInput;
    case 'choice':
      return { ...base, type, ...readOneChoice(spot, before) } satisfies ChoiceInput;
    case 'multi-choice':
      return { ...base, type, ...readChoices(spot, before) } satisfies MultiChoiceInput;
    case 'boolean':
      return { ...base, type, default: readYesNo(spot, before) } satisfies BooleanInput;
  }
}

const whenOf = (spot: Spot, before: Inputs): { readonly when?: Condition } => {
  const when = readCondition(spot, 'when', before);
  return when === undefined ? {} : { when };
};

function defaultText(spot: Spot): { readonly default?: string } {
  const text = optional(spot, 'default');
  return text === undefined ? {} : { default: text };
}

function readText(
  spot: Spot,
  prompt: string,
): Omit<SecretInput, 'type' | 'key' | 'title' | 'prompt' | 'when'> {
  const placeholder = optional(spot, 'placeholder');
  const pattern = optional(spot, 'pattern');
  const maxLength = wholeAt(spot, 'maxLength', { min: 1, max: mostCharacters }) ?? usualCharacters;
  return {
    ...(placeholder === undefined ? {} : { placeholder }),
    ...(pattern === undefined ? {} : { pattern: readPattern(pattern, maxLength, spot.at('pattern')) }),
    maxLength,
    message: optional(spot, 'message') ?? prompt,
    reserved: new Set(textsAt(spot, 'reserved')),
    reservedMessage: optional(spot, 'reservedMessage') ?? 'This word is reserved; choose another.',
  };
}

function readPattern(pattern: string, maxLength: number, spot: Spot): RegExp {
  const read = compiled(pattern, spot);
  const slow = slowPattern(pattern, maxLength);
  if (slow !== undefined) throw spot.broken(slow);
  return read;
}

function compiled(pattern: string, spot: Spot): RegExp {
  try {
    return new RegExp(pattern);
  } catch (error) {
    throw spot.broken(`the pattern is no regular expression (${messageOf(error)})`);
  }
}

function readOneChoice(spot: Spot, before: Inputs): Pick<ChoiceInput, 'choices' | 'default'> {
  const choices = readChoiceList(spot, before);
  const fallback = optional(spot, 'default');
  // Whether an expression gives one of the values is seen only when it is asked.
  if (fallback !== undefined && !fallback.includes('{{')) checkValue(fallback, choices, spot.at('default'));
  return { choices, ...(fallback === undefined ? {} : { default: fallback }) };
}

function readChoices(spot: Spot, before: Inputs): Pick<MultiChoiceInput, 'choices' | 'default' | 'minimum'> {
  const choices = readChoiceList(spot, before);
  const fallback = listAt(spot, 'default').map((one) => {
    if (typeof one.value === 'string') {
      checkValue(one.value, choices, one);
      return { value: one.value };
    }
    checkKeys(one, ['value', 'when']);
    const value = textAt(one, 'value');
    checkValue(value, choices, one.at('value'));
    return { value, ...whenOf(one, before) };
  });
  return {
    choices,
    default: fallback,
    minimum: wholeAt(spot, 'minimum', { min: 0, max: choices.length }) ?? 0,
  };
}

function checkValue(value: string, choices: readonly Choice[], spot: Spot): void {
  const values = choices.map((choice) => choice.value);
  if (!values.includes(value))
    throw spot.broken(`${value} is none of the choices; they are ${values.join(', ')}`);
}

function readChoiceList(spot: Spot, before: Inputs): readonly Choice[] {
  const list = listAt(spot, 'choices');
  if (list.length === 0 || list.length > mostChoices)
    throw spot.broken(`a choice needs choices: a list of 1 to ${mostChoices} values`);
  const seen = new Set<string>();
  return list.map((one) => {
    const choice = readChoice(one, before);
    if (seen.has(choice.value)) throw one.broken(`${choice.value} is there twice`);
    seen.add(choice.value);
    return choice;
  });
}

function readChoice(spot: Spot, before: Inputs): Choice {
  const plain = typeof spot.value !== 'object' || spot.value === null;
  if (!plain) checkKeys(spot, choiceKeys);
  const value = plain ? spot.text('each of choices') : textAt(spot, 'value');
  // A comma parts values on the command line, and spaces at an end are lost in it.
  if (/[,\s]/.test(value)) throw spot.broken('the value of a choice is one word without commas and spaces');
  if (plain) return { value, title: value, reason: '' };
  const description = optional(spot, 'description');
  return {
    value,
    title: optional(spot, 'title') ?? value,
    ...(description === undefined ? {} : { description }),
    ...whenOf(spot, before),
    reason: optional(spot, 'reason') ?? 'It does not go with the answers before it.',
  };
}

function readYesNo(spot: Spot, before: Inputs): boolean | Condition {
  const { value } = spot.at('default');
  if (value === undefined) return false;
  if (typeof value === 'boolean') return value;
  return readCondition(spot, 'default', before) ?? false;
}

/** Reads `computed:`, in order. */
export function readComputed(spot: Spot): TemplateManifest['computed'] {
  if (spot.value === undefined) return [];
  return Object.keys(mapping(spot)).map((key) => [key, textAt(spot, key)] as const);
}
