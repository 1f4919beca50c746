import type { Answer, Answers } from '../../answers';
import { defaultAnswer, isFilled, sameAnswer } from '../../answers';
import { renderOf } from '../../plan';
import type { Template, TemplateInput } from '../../template';
import { askChoice, askSeveral, askYesNo } from './choice';
import { askText } from './input';
import type { Reply, Step } from './wizard';

export interface AskedInput {
  readonly template: Template;
  readonly input: TemplateInput;
  /** The answers before it. */
  readonly before: Answers;
  /** What was answered before; undefined where nothing was, or where it was left at its default. */
  readonly known: Answer | undefined;
  /** What was answered last time. */
  readonly remembered: Answer | undefined;
}

/** An answer, and whether it is just what the template gives by itself. */
export interface Answered {
  readonly value: Answer;
  readonly isUsual: boolean;
}

/** Asks one input of a template in the way of its type. */
export async function askOne(asked: AskedInput, step: Step): Promise<Reply<Answered>> {
  const { template, input, before, known, remembered } = asked;
  const render = renderOf(template);
  const usual = defaultAnswer(input, before, render);
  const start = known ?? (isFilled(usual) ? usual : (remembered ?? usual));
  const reply = await askBy(asked, start, step);
  return reply === 'back'
    ? reply
    : { value: { value: reply.value, isUsual: sameAnswer(reply.value, usual) } };
}

async function askBy(
  { template, input, before }: AskedInput,
  start: Answer,
  step: Step,
): Promise<Reply<Answer>> {
  switch (input.type) {
    case 'choice':
      return askChoice({ input, before, start }, step);
    case 'multi-choice':
      return askSeveral({ input, before, start }, step);
    case 'boolean':
      return askYesNo({ input, start: start === true }, step);
    default:
      return askText({ template, input, start: typeof start === 'string' ? start : '' }, step);
  }
}
