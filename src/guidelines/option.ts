/** What a team can set of a rule beside its severity, in `.servicewright/guidelines.yaml`. */
import type { JsonObject } from '../base/json';
import { isObject, isString } from '../base/json';

/** One option of a rule: its name in the configuration, what it means, and how a value is read. */
export interface RuleOption<T> {
  /** In camelCase, as it is written beside `severity`. */
  readonly name: string;
  /** One sentence for people: what it changes. */
  readonly description: string;
  readonly default: T;
  /** JSON Schema of the values. */
  readonly schema: JsonObject;
  /** What a value has to be, to follow `must be`. */
  readonly expected: string;
  /** The value, or undefined when it is none of this option's. */
  read(value: unknown): T | undefined;
}

/** What is said of an option whose value is one of some words. */
interface Choice<T extends string> {
  readonly of: readonly T[];
  readonly default: T;
}

/** An option whose value is one of some words. */
export function choiceOption<T extends string>(
  name: string,
  choice: Choice<T>,
  description: string,
): RuleOption<T> {
  return {
    name,
    description,
    default: choice.default,
    schema: { type: 'string', enum: choice.of },
    expected: `one of ${choice.of.join(', ')}`,
    read: (value) => choice.of.find((one) => one === value),
  };
}

/** An option that is on or off. */
export function flagOption(name: string, value: boolean, description: string): RuleOption<boolean> {
  return {
    name,
    description,
    default: value,
    schema: { type: 'boolean' },
    expected: 'true or false',
    read: (one) => (typeof one === 'boolean' ? one : undefined),
  };
}

/** An option that is a whole number, not negative. */
export function numberOption(name: string, value: number, description: string): RuleOption<number> {
  return {
    name,
    description,
    default: value,
    schema: { type: 'integer', minimum: 0 },
    expected: 'a whole number, 0 or more',
    read: (one) => (typeof one === 'number' && Number.isInteger(one) && one >= 0 ? one : undefined),
  };
}

/** An option that is a list of texts. */
export function textsOption(
  name: string,
  value: readonly string[],
  description: string,
): RuleOption<readonly string[]> {
  return {
    name,
    description,
    default: value,
    schema: { type: 'array', items: { type: 'string' } },
    expected: 'a list of texts',
    read: (one) => (Array.isArray(one) && one.every(isString) ? one : undefined),
  };
}

/** What the configuration says of one rule's options; the default where it says nothing. */
export class OptionValues {
  readonly #said: JsonObject;

  constructor(said: unknown = {}) {
    this.#said = isObject(said) ? said : {};
  }

  get<T>(option: RuleOption<T>): T {
    const said = Object.hasOwn(this.#said, option.name) ? this.#said[option.name] : undefined;
    return option.read(said) ?? option.default;
  }
}
