import type { Answer, Answers } from '../answer';
import { answerAt, isFilled } from '../answer';
import { checkInput, choicesOf, defaultAnswer, emptyAnswer, isAsked } from '../answers';
import { namesIn } from '../render';
import type { Render } from '../render';
import type { Condition } from '../condition';
import type { ChoiceInput, MultiChoiceInput, TemplateInput, TemplateManifest } from '../template';
import type { Combination, Factor } from './pairwise';
import { coveringSet } from './pairwise';
import { awkwardTexts, sampleText } from './samples';

/** One combination of answers to try. */
export interface Trial {
  /** `defaults`, `preset api`, `pairs 3`, `awkward 1`. */
  readonly name: string;
  /** Only of what is asked: as a person would give them. */
  readonly answers: Answers;
}

export interface Matrix {
  readonly trials: readonly Trial[];
  /** Inputs for which no answer could be guessed; then there are no trials. */
  readonly unanswerable: readonly TemplateInput[];
}

/** More choices than these are not taken in all their combinations, but by ones, twos, all and none. */
const mostInFull = 4;

/**
 * The combinations of answers with which a template is tried: the defaults, each preset, a covering set in which every two answers that
 * can stand together do so, and texts that are awkward to quote. The same template gives the same matrix, always.
 * Throws UserError `scaffold/broken-template` when a default can't be rendered.
 */
export function matrixOf(template: TemplateManifest, render: Render): Matrix {
  const asking = { template, render };
  const unanswerable = template.inputs.filter((input, at) => !isAnswerable(input, at, asking));
  if (unanswerable.length > 0) return { trials: [], unanswerable };
  const named: readonly (readonly [string, Combination])[] = [
    ['defaults', answered(asking, {})],
    ...template.presets.map(({ id, answers }) => [`preset ${id}`, answered(asking, answers)] as const),
  ];
  const seeds = named.map(([, combination]) => combination);
  const pairs = coveringSet(factorsOf(asking), seeds).slice(seeds.length);
  const awkward = awkwardTexts.map((texts) => answered(asking, textsOf(asking, texts)));
  const all = [
    ...named,
    ...pairs.map((one, index) => [`pairs ${index + 1}`, one] as const),
    ...awkward.map((one, index) => [`awkward ${index + 1}`, one] as const),
  ];
  const distinct = new Map(
    all.toReversed().map(([name, one]) => [JSON.stringify(one), [name, one] as const]),
  );
  const trials = [...distinct.values()].toReversed();
  return { trials: trials.map(([name, one]) => ({ name, answers: onlyAsked(template, one) })), unanswerable };
}

interface Asking {
  readonly template: TemplateManifest;
  readonly render: Render;
}

/** The questions as factors. A text has one answer; what varies is whether it is asked. */
export function factorsOf(asking: Asking): readonly Factor[] {
  return asking.template.inputs.map((input) => ({
    key: input.key,
    off: emptyAnswer(input),
    needs: needsOf(input, asking.template),
    options: (before) => (isAsked(input, before) ? optionsOf(input, before, asking) : []),
    facts: (value) => factsOf(input, value),
  }));
}

function optionsOf(input: TemplateInput, before: Answers, asking: Asking): readonly Answer[] {
  switch (input.type) {
    case 'boolean':
      return input.default === true ? [true, false] : [false, true];
    case 'choice':
      return possible(input, before);
    case 'multi-choice':
      return listsOf(possible(input, before)).filter((list) => list.length >= input.minimum);
    default: {
      const text = sampleText(asking.template, input, before, asking.render);
      return text === undefined ? [] : [text];
    }
  }
}

const possible = (input: ChoiceInput | MultiChoiceInput, before: Answers): readonly string[] =>
  choicesOf(input, before)
    .filter(({ reason }) => reason === undefined)
    .map(({ choice }) => choice.value);

function listsOf(values: readonly string[]): readonly (readonly string[])[] {
  if (values.length <= mostInFull)
    return values.reduce<readonly (readonly string[])[]>(
      (lists, value) => [...lists, ...lists.map((list) => [...list, value])],
      [[]],
    );
  const twos = values.flatMap((one, at) => values.slice(at + 1).map((other) => [one, other]));
  return [[], values, ...values.map((value) => [value]), ...twos];
}

function factsOf(input: TemplateInput, value: Answer): readonly string[] {
  if (input.type === 'boolean' || input.type === 'choice') return [`${input.key} is ${String(value)}`];
  if (input.type !== 'multi-choice') return [`${input.key} is asked`];
  const has = (choice: string): string =>
    typeof value === 'object' && value.includes(choice) ? 'has' : 'has not';
  return input.choices.map((choice) => `${input.key} ${has(choice.value)} ${choice.value}`);
}

/** The facts of answers, as the covering set counts them; those of inputs that are not asked are left out. */
export function factsIn(template: TemplateManifest, answers: Answers): readonly string[] {
  return template.inputs.flatMap((input) => {
    const value = answerAt(answers, input.key);
    if (value === undefined) return [`${input.key} is not asked`];
    return factsOf(input, value);
  });
}

function needsOf(input: TemplateInput, template: TemplateManifest): readonly string[] {
  const conditions: readonly (Condition | undefined)[] = [
    input.when,
    ...('choices' in input ? input.choices.map((choice) => choice.when) : []),
  ];
  const words = conditions.flatMap((one) => one?.text.match(/[a-z][a-zA-Z0-9]*/g) ?? []);
  const named =
    input.type === 'string' && input.default !== undefined ? namesIn(input.default, input.key) : [];
  const keys = new Set<string>([...words, ...named]);
  return template.inputs.map(({ key }) => key).filter((key) => keys.has(key));
}

/** Every question answered: as given, else by its default, else by what fits. */
function answered({ template, render }: Asking, given: Answers): Combination {
  const all = new Map<string, Answer>();
  for (const input of template.inputs) {
    const before = Object.fromEntries(all);
    all.set(
      input.key,
      isAsked(input, before) ? answerTo(input, given, { template, render, before }) : emptyAnswer(input),
    );
  }
  return Object.fromEntries(all);
}

function answerTo(
  input: TemplateInput,
  given: Answers,
  asking: Asking & { readonly before: Answers },
): Answer {
  const { template, render, before } = asking;
  const own = answerAt(given, input.key);
  if (own !== undefined && checkInput(template, input, own, { before, render }) === undefined) return own;
  const usual = defaultAnswer(input, before, render);
  const filled = isFilled(usual) || input.type === 'boolean' || input.type === 'multi-choice';
  if (filled && checkInput(template, input, usual, { before, render }) === undefined) return usual;
  return optionsOf(input, before, asking)[0] ?? emptyAnswer(input);
}

function textsOf(asking: Asking, texts: (typeof awkwardTexts)[number]): Answers {
  const { template, render } = asking;
  const found = template.inputs.flatMap((input): readonly (readonly [string, string])[] => {
    if (input.type !== 'string' && input.type !== 'secret') return [];
    const text = texts(template, input, {}, render);
    return text === undefined ? [] : [[input.key, text]];
  });
  return Object.fromEntries(found);
}

function isAnswerable(input: TemplateInput, at: number, { template, render }: Asking): boolean {
  if (input.type !== 'string' && input.type !== 'secret') return true;
  const before = answered({ template: { ...template, inputs: template.inputs.slice(0, at) }, render }, {});
  return sampleText(template, input, before, render) !== undefined;
}

function onlyAsked(template: TemplateManifest, combination: Combination): Answers {
  const asked = template.inputs.filter((input) => isAsked(input, combination));
  return Object.fromEntries(asked.map(({ key }) => [key, combination[key] ?? '']));
}
