import { missingAnswer, unknownAnswer, wrongAnswer } from './errors';
import { packageFault } from './python';
import type { Context, Render } from './render';
import { namesIn } from './render';
import type { TemplateInput, TemplateManifest } from './template';

/** Answers by input key. */
export type Answers = Readonly<Record<string, string>>;

/** The computed value that names the service's Python package; it is checked to be able to. */
const packageKey = 'module';
/** What one line can't hold: control characters, line and paragraph separators. */
const notOneLine = /[\p{Cc}\p{Zl}\p{Zp}]/u;

/** Why `answer` can't be taken for `input`, as a sentence; undefined when it can. */
export function checkAnswer(input: TemplateInput, answer: string): string | undefined {
  if (answer === '') return input.prompt;
  if (notOneLine.test(answer)) return 'Use one line of plain text.';
  if (answer.length > input.maxLength)
    return `Use at most ${input.maxLength} characters; these are ${answer.length}.`;
  if (input.pattern && !input.pattern.test(answer)) return input.message;
  if (input.reserved.has(answer) || input.reserved.has(answer.replaceAll('-', '_')))
    return input.reservedMessage;
  return undefined;
}

/**
 * As `checkAnswer`, and also why the Python package that is named after the answer can't have that name. Other answers need not be
 * known: only an expression of this one input is looked at.
 */
export function checkInput(
  template: TemplateManifest,
  input: TemplateInput,
  answer: string,
  render: Render,
): string | undefined {
  const own = checkAnswer(input, answer);
  const expression = template.computed.find(([key]) => key === packageKey)?.[1];
  if (own !== undefined || expression === undefined) return own;
  const names = namesIn(expression, packageKey);
  if (names.length === 0 || names.some((name) => name !== input.key)) return undefined;
  return packageFault(render(expression, { [input.key]: answer }, packageKey));
}

/** What an input starts with, computed from the answers before it; empty when nothing can be guessed. */
export function defaultAnswer(input: TemplateInput, answers: Answers, render: Render): string {
  return input.default === undefined ? '' : render(input.default, answers, `default of ${input.key}`);
}

/**
 * Checks `given`, fills in defaults and computes the rest: what files are rendered with.
 * Throws UserError `scaffold/unknown-answer`, `scaffold/missing-answer` or `scaffold/wrong-answer`.
 */
export function completeAnswers(
  template: TemplateManifest,
  given: Answers,
  render: Render,
): { readonly answers: Answers; readonly context: Context } {
  const keys = template.inputs.map((input) => input.key);
  const unknown = Object.keys(given).find((key) => !keys.includes(key));
  if (unknown !== undefined) throw unknownAnswer(unknown, keys);
  const answers: Record<string, string> = {};
  for (const input of template.inputs) {
    const answer = Object.hasOwn(given, input.key) ? given[input.key] : undefined;
    answers[input.key] = answer ?? defaultAnswer(input, answers, render);
    refuse(template, input, answers[input.key] ?? '', render);
  }
  const context: Record<string, unknown> = {
    ...answers,
    template: { id: template.id, version: template.version },
  };
  for (const [key, expression] of template.computed)
    context[key] = render(expression, context, `computed ${key}`);
  return { answers, context };
}

function refuse(template: TemplateManifest, input: TemplateInput, answer: string, render: Render): void {
  if (answer === '') throw missingAnswer(input.key, input.prompt);
  const why = checkInput(template, input, answer, render);
  if (why !== undefined) throw wrongAnswer(input.key, answer, why);
}
