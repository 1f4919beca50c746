import { missingAnswer, unknownAnswer, wrongAnswer } from './errors';
import type { Context, Render } from './render';
import type { TemplateInput, TemplateManifest } from './template';

/** Answers by input key. */
export type Answers = Readonly<Record<string, string>>;

/** Why `answer` can't be taken for `input`, as a sentence; undefined when it can. */
export function checkAnswer(input: TemplateInput, answer: string): string | undefined {
  if (answer === '') return input.prompt;
  if (answer.length > input.maxLength) return `Use at most ${input.maxLength} characters.`;
  if (input.pattern && !input.pattern.test(answer)) return input.message;
  if (input.reserved.has(answer) || input.reserved.has(answer.replaceAll('-', '_')))
    return input.reservedMessage;
  return undefined;
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
  for (const input of template.inputs) answers[input.key] = answerFor(input, given, answers, render);
  const context: Record<string, unknown> = {
    ...answers,
    template: { id: template.id, version: template.version },
  };
  for (const [key, expression] of template.computed)
    context[key] = render(expression, context, `computed ${key}`);
  return { answers, context };
}

function answerFor(input: TemplateInput, given: Answers, before: Answers, render: Render): string {
  const answer = given[input.key] ?? defaultAnswer(input, before, render);
  if (answer === '') throw missingAnswer(input.key, input.prompt);
  const why = checkAnswer(input, answer);
  if (why !== undefined) throw wrongAnswer(input.key, answer, why);
  return answer;
}
