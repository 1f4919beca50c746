import type { Answer, Answers } from './answer';
import { answerAt, answerText, isFilled } from './answer';
import { holds } from './condition';
import { missingAnswer, unknownAnswer, wrongAnswer } from './errors';
import { packageFault } from './python';
import type { Context, Render } from './render';
import { namesIn } from './render';
import type {
  Choice,
  ChoiceInput,
  MultiChoiceInput,
  SecretInput,
  StringInput,
  TemplateInput,
  TemplateManifest,
} from './template';

export type { Answer, Answers } from './answer';
export { answerText, isFilled, sameAnswer } from './answer';

/** The computed value that names the service's Python package; it is checked to be able to. */
const packageKey = 'module';
/** What one line can't hold: control characters, line and paragraph separators. */
const notOneLine = /[\p{Cc}\p{Zl}\p{Zp}]/u;

/** Whether an input is asked, given the answers before it. */
export function isAsked(input: TemplateInput, before: Answers): boolean {
  return holds(input.when, before);
}

/** What an input reads as where it is not asked. */
export function emptyAnswer(input: TemplateInput): Answer {
  if (input.type === 'boolean') return false;
  return input.type === 'multi-choice' ? [] : '';
}

/** The choices of an input, each with the reason why it can't be chosen after `before`, if there is one. */
export function choicesOf(
  input: ChoiceInput | MultiChoiceInput,
  before: Answers,
): readonly { readonly choice: Choice; readonly reason: string | undefined }[] {
  return input.choices.map((choice) => ({
    choice,
    reason: holds(choice.when, before) ? undefined : choice.reason,
  }));
}

/**
 * Why `answer` can't be taken for `input`, as a sentence; undefined when it can. Without `before` the conditions of choices are not
 * looked at.
 */
export function checkAnswer(input: TemplateInput, answer: Answer, before?: Answers): string | undefined {
  switch (input.type) {
    case 'boolean':
      return typeof answer === 'boolean' ? undefined : 'Answer true or false.';
    case 'choice':
      return typeof answer === 'string' ? choiceFault(input, answer, before) : 'Choose one value.';
    case 'multi-choice':
      return manyFault(input, answer, before);
    default:
      return typeof answer === 'string' ? textFault(input, answer) : 'Answer with a text.';
  }
}

function textFault(input: StringInput | SecretInput, answer: string): string | undefined {
  if (answer === '') return input.prompt;
  if (notOneLine.test(answer)) return 'Use one line of plain text.';
  if (answer.length > input.maxLength)
    return `Use at most ${input.maxLength} characters; these are ${answer.length}.`;
  if (input.pattern && !input.pattern.test(answer)) return input.message;
  if (input.reserved.has(answer) || input.reserved.has(answer.replaceAll('-', '_')))
    return input.reservedMessage;
  return undefined;
}

function choiceFault(
  input: ChoiceInput | MultiChoiceInput,
  answer: string,
  before: Answers | undefined,
): string | undefined {
  if (answer === '') return input.prompt;
  const choice = input.choices.find((one) => one.value === answer);
  if (!choice) return `Choose one of ${input.choices.map((one) => one.value).join(', ')}.`;
  return before === undefined || holds(choice.when, before) ? undefined : choice.reason;
}

function manyFault(input: MultiChoiceInput, answer: Answer, before: Answers | undefined): string | undefined {
  if (typeof answer !== 'object') return 'Choose a list of values.';
  if (new Set(answer).size < answer.length) return 'Choose each value once.';
  const fault = answer.map((one) => choiceFault(input, one, before)).find((one) => one !== undefined);
  if (fault !== undefined) return fault;
  return answer.length < input.minimum ? `Choose at least ${input.minimum}.` : undefined;
}

/**
 * An answer as it came from a command line or a file of answers, as the input has it: `true` and `false` are yes and no, a text with
 * commas is a list, and YAML's own yes and no are text again where text is asked.
 */
export function fitAnswer(input: TemplateInput, answer: Answer): Answer {
  switch (input.type) {
    case 'boolean':
      return answer === 'true' ? true : answer === 'false' ? false : answer;
    case 'multi-choice':
      return typeof answer === 'string' ? answer.split(',').flatMap((one) => one.trim() || []) : answer;
    default:
      return typeof answer === 'boolean' ? String(answer) : answer;
  }
}

/** What a check of one answer may look at. */
export interface CheckOptions {
  readonly render: Render;
  /** The answers before it; without them the conditions of choices are not looked at. */
  readonly before?: Answers;
}

/**
 * As `checkAnswer`, and also why the Python package that is named after the answer can't have that name. Other answers need not be
 * known: only an expression of this one input is looked at.
 */
export function checkInput(
  template: Pick<TemplateManifest, 'computed'>,
  input: TemplateInput,
  answer: Answer,
  { render, before }: CheckOptions,
): string | undefined {
  const own = checkAnswer(input, answer, before);
  const expression = template.computed.find(([key]) => key === packageKey)?.[1];
  if (own !== undefined || expression === undefined) return own;
  const names = namesIn(expression, packageKey);
  if (names.length === 0 || names.some((name) => name !== input.key)) return undefined;
  return packageFault(render(expression, { [input.key]: answer }, packageKey));
}

/** What an input starts with, computed from the answers before it; empty (`''`, `[]`, `false`) when nothing can be guessed. */
export function defaultAnswer(input: TemplateInput, before: Answers, render: Render): Answer {
  switch (input.type) {
    case 'boolean':
      return typeof input.default === 'boolean' ? input.default : holds(input.default, before);
    case 'multi-choice':
      return manyDefault(input, before);
    case 'secret':
      return '';
    case 'choice': {
      const value = expressed(input, before, render);
      // A default that can't be chosen here is no default.
      return checkAnswer(input, value, before) === undefined ? value : '';
    }
    case 'string':
      return expressed(input, before, render);
  }
}

function expressed(input: StringInput | ChoiceInput, before: Answers, render: Render): string {
  return input.default === undefined ? '' : render(input.default, before, `default of ${input.key}`);
}

function manyDefault(input: MultiChoiceInput, before: Answers): readonly string[] {
  return input.default
    .filter(({ value, when }) => holds(when, before) && choiceFault(input, value, before) === undefined)
    .map(({ value }) => value);
}

/** Answers, checked and whole. */
export interface Completed {
  /** Of every input that is asked, in order; secrets too. */
  readonly answers: Answers;
  /** What files are rendered with: all inputs, asked or not, what is computed, and `template`. */
  readonly context: Context;
  /** Keys that were given and are not asked after the other answers. */
  readonly ignored: readonly string[];
}

/**
 * Checks `given`, fills in defaults and computes the rest.
 * Throws UserError `scaffold/unknown-answer`, `scaffold/missing-answer` or `scaffold/wrong-answer`.
 */
export function completeAnswers(template: TemplateManifest, given: Answers, render: Render): Completed {
  const keys = template.inputs.map((input) => input.key);
  const unknown = Object.keys(given).find((key) => !keys.includes(key));
  if (unknown !== undefined) throw unknownAnswer(unknown, keys);
  const answers = new Map<string, Answer>();
  const all = new Map<string, Answer>();
  for (const input of template.inputs) {
    const before = Object.fromEntries(all);
    const asked = isAsked(input, before);
    const answer = asked
      ? taken(template, input, answerAt(given, input.key), { render, before })
      : emptyAnswer(input);
    if (asked) answers.set(input.key, answer);
    all.set(input.key, answer);
  }
  return {
    answers: Object.fromEntries(answers),
    context: contextOf(template, Object.fromEntries(all), render),
    ignored: Object.keys(given).filter((key) => !answers.has(key)),
  };
}

function contextOf(template: TemplateManifest, answers: Answers, render: Render): Context {
  const context: Record<string, unknown> = {
    ...answers,
    template: { id: template.id, version: template.version },
  };
  for (const [key, expression] of template.computed)
    context[key] = render(expression, context, `computed ${key}`);
  return context;
}

function taken(
  template: TemplateManifest,
  input: TemplateInput,
  given: Answer | undefined,
  options: CheckOptions & { readonly before: Answers },
): Answer {
  const answer = given ?? defaultAnswer(input, options.before, options.render);
  const mustBeFilled = input.type !== 'boolean' && input.type !== 'multi-choice';
  if (mustBeFilled && !isFilled(answer)) throw missingAnswer(input);
  const why = checkInput(template, input, answer, options);
  if (why === undefined) return inOrder(input, answer);
  const shown = input.type === 'secret' ? 'what was given' : answerText(answer);
  throw wrongAnswer(input.key, shown, why);
}

/** Several values in the order of the choices, so that the same choice is always the same answer. */
function inOrder(input: TemplateInput, answer: Answer): Answer {
  if (input.type !== 'multi-choice' || typeof answer !== 'object') return answer;
  return input.choices.map((choice) => choice.value).filter((value) => answer.includes(value));
}

/** The answers before `input`, with the defaults of those that were left at them: what its own default and conditions look at. */
export function answersBefore(
  template: TemplateManifest,
  input: TemplateInput,
  answers: Answers,
  render: Render,
): Answers {
  const before = new Map<string, Answer>();
  for (const one of template.inputs.slice(0, template.inputs.indexOf(input))) {
    const known = Object.fromEntries(before);
    const answer = isAsked(one, known)
      ? (answerAt(answers, one.key) ?? defaultAnswer(one, known, render))
      : emptyAnswer(one);
    before.set(one.key, answer);
  }
  return Object.fromEntries(before);
}

/** The answers that a service may record: no secrets. */
export function recordable(template: TemplateManifest, answers: Answers): Answers {
  const secrets = new Set(
    template.inputs.filter((input) => input.type === 'secret').map((input) => input.key),
  );
  return Object.fromEntries(Object.entries(answers).filter(([key]) => !secrets.has(key)));
}
