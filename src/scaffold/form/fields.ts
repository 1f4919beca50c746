import type { Answer, Answers } from '../answer';
import { answerAt, isFilled, sameAnswer } from '../answer';
import { checkInput, choicesOf, defaultAnswer, emptyAnswer, isAsked } from '../answers';
import type { Render } from '../render';
import { namesIn } from '../render';
import type { TemplateInput } from '../template';
import type { ChoiceView, FieldView } from './protocol';
import type { FormState } from './state';
import { baseAnswer, givenOf } from './state';

/** A question that is asked, with what the engine says about its answer. */
export interface Asked {
  readonly input: TemplateInput;
  /** The answers before it. */
  readonly before: Answers;
  readonly answer: Answer;
  /** What the answer would be if the person had given none. */
  readonly usual: Answer;
  /** There is no answer, and one is needed. */
  readonly missing: boolean;
  /** Why the answer can't be taken. */
  readonly fault: string | undefined;
  /** The answer is a default made of answers that are missing: there is nothing to show yet. */
  readonly waits: boolean;
}

/** The questions that are asked with the answers as they are, in order. */
export function askedOf(state: FormState, render: Render): readonly Asked[] {
  const given = givenOf(state);
  const asked: Asked[] = [];
  const all = new Map<string, Answer>();
  for (const input of state.template.inputs) {
    const before = Object.fromEntries(all);
    if (!isAsked(input, before)) {
      all.set(input.key, emptyAnswer(input));
      continue;
    }
    const own = answerAt(given, input.key);
    const base = baseAnswer(state, input);
    const usual = base ?? defaultAnswer(input, before, render);
    const answer = own ?? usual;
    const waits = own === undefined && base === undefined && isMadeOf(input, asked);
    const missing = needsAnswer(input) && !isFilled(answer);
    const why = (): string | undefined =>
      missing ? `${input.title} is needed.` : checkInput(state.template, input, answer, { render, before });
    asked.push({ input, before, answer, usual, missing, fault: waits ? undefined : why(), waits });
    all.set(input.key, answer);
  }
  return asked;
}

/** Whether the default of an input is made of answers that are missing. */
function isMadeOf(input: TemplateInput, asked: readonly Asked[]): boolean {
  if (input.type !== 'string' || input.default === undefined) return false;
  const open = asked.filter((one) => one.missing || one.waits).map((one) => one.input.key);
  return open.length > 0 && namesIn(input.default, input.key).some((name) => open.includes(name));
}

const needsAnswer = (input: TemplateInput): boolean =>
  input.type !== 'boolean' && input.type !== 'multi-choice';

/** What stands in a box whose default is made of other answers. */
const waiting = 'Suggested once the answers before it are there';

/** A question as the page shows it. What is typed is shown as it is typed, spaces included. */
export function fieldOf(state: FormState, asked: Asked): FieldView {
  const { input, answer, usual } = asked;
  const own = answerAt(state.answers, input.key);
  const typed = own !== undefined && !sameAnswer(own, usual);
  return {
    key: input.key,
    type: input.type,
    title: input.title,
    prompt: input.prompt,
    placeholder: placeholderOf(asked),
    required: needsAnswer(input) && !isFilled(usual),
    value: asked.waits ? '' : (own ?? answer),
    choices: choiceViews(asked),
    // There is nothing to go back to where the template has no answer of its own.
    changed: typed && (isFilled(usual) || !needsAnswer(input)),
    fault: state.tried || state.seen.has(input.key) ? asked.fault : lateFault(asked),
  };
}

function placeholderOf({ input, waits }: Asked): string {
  if (waits) return waiting;
  return input.type === 'string' || input.type === 'secret' ? (input.placeholder ?? '') : '';
}

/** A question that nobody has answered yet is not wrong; an answer that came with it can be. */
const lateFault = ({ missing, fault }: Asked): string | undefined => (missing ? undefined : fault);

function choiceViews({ input, before }: Asked): readonly ChoiceView[] {
  if (input.type !== 'choice' && input.type !== 'multi-choice') return [];
  return choicesOf(input, before).map(({ choice, reason }) => ({
    value: choice.value,
    title: choice.title,
    description: choice.description ?? '',
    refused: reason,
  }));
}

export interface StandIns {
  readonly given: Answers;
  /** Titles of the questions that something stands in for. */
  readonly titles: readonly string[];
}

/**
 * The answers with something in place of those that can't be taken yet, so that the files can be shown from the start; undefined
 * where nothing fits.
 */
export function standIns(state: FormState, render: Render): StandIns | undefined {
  const titles: string[] = [];
  let now = state;
  // Another answer may ask other questions, so all are looked at again after each. No question is answered twice.
  for (let round = 0; round <= state.template.inputs.length; round++) {
    const one = askedOf(now, render).find((asked) => asked.fault !== undefined);
    if (!one) return { given: givenOf(now), titles };
    const { input, before } = one;
    const stand = candidates(one).find(
      (answer) => checkInput(now.template, input, answer, { render, before }) === undefined,
    );
    if (stand === undefined) return undefined;
    titles.push(input.title);
    now = { ...now, answers: { ...now.answers, [input.key]: stand } };
  }
  return undefined;
}

function candidates(asked: Asked): readonly Answer[] {
  const { input, before, usual } = asked;
  switch (input.type) {
    case 'boolean':
      return [usual, false];
    case 'string':
    case 'secret':
      return [usual, input.placeholder ?? '', 'example', 'example-service', 'Example', '1', 'a@example.org'];
    case 'choice':
      return choicesOf(input, before).map(({ choice }) => choice.value);
    case 'multi-choice':
      return [
        usual,
        choicesOf(input, before).flatMap(({ choice, reason }) =>
          reason === undefined ? [choice.value] : [],
        ),
      ];
  }
}
