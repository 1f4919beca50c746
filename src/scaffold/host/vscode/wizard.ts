import type { World } from '../../../base/ports';
import type { Answer, Answers } from '../../answers';
import { answersBefore, isAsked } from '../../answers';
import type { Decision } from '../../create';
import type { FileChange } from '../../plan';
import { renderOf } from '../../plan';
import { withPreset } from '../../presets';
import type { Offer } from '../../sources/resolve';
import type { Template, TemplateInput } from '../../template';
import { confirmFiles } from './confirm';
import { askFolder } from './folder';
import { askPreset } from './preset';
import { askOne } from './question';
import { askTemplate } from './template';

/** What the person chose. */
export interface Choice {
  readonly template: Template;
  readonly dir: string;
  readonly answers: Answers;
  /** What becomes of files that stand there otherwise, by path. */
  readonly decisions: ReadonlyMap<string, Decision>;
}

export interface Wizard {
  readonly offers: readonly Offer[];
  readonly world: World;
  /** Folders to offer for the new service's folder, the likeliest first. */
  readonly parents: readonly string[];
  /** Answers that the caller gave; they can be changed. */
  readonly answers: Answers;
  /** Answers of last time, by key: what a question starts with when the template has nothing better. */
  readonly remembered: Answers;
  /** Whether programs may be asked for their version: only in a workspace that is trusted. */
  readonly isTrusted: boolean;
  showFile(dir: string, file: FileChange): Promise<void>;
  /** Shows what stands there beside what the template would write. */
  compareFile(dir: string, file: FileChange): Promise<void>;
}

/** Where in the wizard a question stands. */
export interface Step {
  /** Of the whole wizard; that of a new service without it. */
  readonly title?: string;
  readonly step: number;
  readonly totalSteps: number;
}

/** A question's answer, or that the person went back. */
export type Reply<T> = { readonly value: T } | 'back';

export interface State {
  readonly template: Template | undefined;
  readonly preset: string | undefined;
  /** What was answered; an answer that was left at its default is not kept, so that the default follows the answers before it. */
  readonly answers: Answers;
  readonly dir: string;
  readonly decisions: ReadonlyMap<string, Decision>;
}

/** One question: gives the state with the answer in it, or `back`. */
type Question = (state: State, step: Step) => Promise<State | 'back'>;

/** Asks everything in turn, keeping answers when going back. Throws AbortError when the person leaves. */
export async function runWizard(wizard: Wizard): Promise<Choice> {
  const only = onlyOf(wizard);
  let state: State = {
    template: only,
    preset: undefined,
    answers: wizard.answers,
    dir: '',
    decisions: new Map(),
  };
  let at = 0;
  for (;;) {
    // What is asked depends on answers before it alone, so the questions behind stay where they are.
    const questions = questionsFor(wizard, state);
    const question = questions[at];
    if (!question) break;
    const next = await question(state, { step: at + 1, totalSteps: questions.length });
    if (next !== 'back') state = next;
    at += next === 'back' ? -1 : 1;
  }
  if (!state.template) throw new Error('the wizard ended without a template');
  return choiceOf(state.template, state);
}

/** The template where there is no other to choose. */
function onlyOf({ offers }: Wizard): Template | undefined {
  const [first] = offers;
  return offers.length === 1 && first && 'template' in first ? first.template : undefined;
}

const choiceOf = (template: Template, state: State): Choice => ({
  template,
  dir: state.dir,
  answers: givenIn(template, state),
  decisions: state.decisions,
});

/** The answers to this template's questions, a preset's under them; another template may have asked others before. */
function givenIn(template: Template, { preset, answers }: State): Answers {
  const keys = template.inputs.map((input) => input.key);
  const own = Object.entries(answers).filter(([key]) => keys.includes(key));
  return withPreset(template, preset, Object.fromEntries(own));
}

function questionsFor(wizard: Wizard, state: State): readonly Question[] {
  const { template } = state;
  const first = onlyOf(wizard) ? [] : [templateQuestion(wizard)];
  if (!template) return first;
  return [
    ...first,
    ...(template.presets.length === 0 ? [] : [presetQuestion(template)]),
    ...askedIn(template, state).map((input) => inputQuestion(wizard, template, input)),
    folderQuestion(wizard, template),
    filesQuestion(wizard, template),
  ];
}

function templateQuestion(wizard: Wizard): Question {
  return async (now, step) => {
    const reply = await askTemplate(wizard.offers, step);
    if (reply === 'back') return reply;
    const preset = reply.value === now.template ? now.preset : undefined;
    return { ...now, template: reply.value, preset };
  };
}

function presetQuestion(template: Template): Question {
  return async (now, step) => {
    const reply = await askPreset(template, now.preset, step);
    return reply === 'back' ? reply : { ...now, preset: reply.value };
  };
}

/** The inputs that a person is asked: those whose condition holds and that no preset answers. */
function askedIn(template: Template, state: State): readonly TemplateInput[] {
  const given = givenIn(template, state);
  const answered = state.preset === undefined ? {} : withPreset(template, state.preset, {});
  return template.inputs.filter(
    (input) =>
      !Object.hasOwn(answered, input.key) &&
      isAsked(input, answersBefore(template, input, given, renderOf(template))),
  );
}

function inputQuestion(wizard: Wizard, template: Template, input: TemplateInput): Question {
  return async (now, step) => {
    const before = answersBefore(template, input, givenIn(template, now), renderOf(template));
    const { [input.key]: known, ...others } = now.answers;
    const remembered = wizard.remembered[input.key];
    const reply = await askOne({ template, input, before, known, remembered }, step);
    if (reply === 'back') return reply;
    const { value, isUsual } = reply.value;
    const kept: Readonly<Record<string, Answer>> = isUsual ? {} : { [input.key]: value };
    return { ...now, answers: { ...others, ...kept } };
  };
}

function folderQuestion(wizard: Wizard, template: Template): Question {
  return async (now, step) => {
    const given = givenIn(template, now)['name'];
    const name = typeof given === 'string' ? given : template.id;
    const reply = await askFolder({ name, parents: wizard.parents, world: wizard.world }, step);
    if (reply === 'back') return reply;
    const { dir } = reply.value;
    return { ...now, dir, decisions: dir === now.dir ? now.decisions : new Map<string, Decision>() };
  };
}

function filesQuestion(wizard: Wizard, template: Template): Question {
  return async (now, step) => {
    const reply = await confirmFiles(choiceOf(template, now), wizard, step);
    return reply === 'back' ? reply : { ...now, decisions: reply.value };
  };
}
