import type { World } from '../../../base/ports';
import type { Answers } from '../../answers';
import type { FileChange } from '../../plan';
import type { Template } from '../../template';
import { askFolder } from './folder';
import { askInput } from './input';
import { confirmFiles } from './confirm';
import { askTemplate } from './template';

/** What the person chose. */
export interface Choice {
  readonly template: Template;
  readonly dir: string;
  readonly answers: Answers;
}

export interface Wizard {
  readonly templates: readonly Template[];
  readonly world: World;
  /** Folders to offer for the new service's folder, the likeliest first. */
  readonly parents: readonly string[];
  /** Answers of last time, by key. */
  readonly remembered: Answers;
  showFile(dir: string, file: FileChange): Promise<void>;
}

/** Where in the wizard a question stands. */
export interface Step {
  readonly step: number;
  readonly totalSteps: number;
}

/** A question's answer, or that the person went back. */
export type Reply<T> = { readonly value: T } | 'back';

interface State {
  readonly template: Template | undefined;
  readonly answers: Answers;
  readonly parent: string | undefined;
  readonly dir: string;
}

/** One question: gives the state with the answer in it, or `back`. */
type Question = (state: State, step: Step) => Promise<State | 'back'>;

/** Asks everything in turn, keeping answers when going back. Throws AbortError when the person leaves. */
export async function runWizard(wizard: Wizard): Promise<Choice> {
  const only = wizard.templates.length === 1 ? wizard.templates[0] : undefined;
  let state: State = { template: only, answers: wizard.remembered, parent: undefined, dir: '' };
  let at = 0;
  for (;;) {
    const questions = questionsFor(wizard, state);
    const question = questions[at];
    if (!question) break;
    const next = await question(state, { step: at + 1, totalSteps: questions.length });
    if (next !== 'back') state = next;
    at += next === 'back' ? -1 : 1;
  }
  if (!state.template) throw new Error('the wizard ended without a template');
  return { template: state.template, dir: state.dir, answers: onlyAsked(state.template, state.answers) };
}

function onlyAsked(template: Template, answers: Answers): Answers {
  return Object.fromEntries(template.inputs.map((input) => [input.key, answers[input.key] ?? '']));
}

function questionsFor(wizard: Wizard, state: State): readonly Question[] {
  const choose: Question = async (now, step) => {
    const reply = await askTemplate(wizard.templates, step);
    return reply === 'back' ? reply : { ...now, template: reply.value };
  };
  const first = wizard.templates.length === 1 ? [] : [choose];
  if (!state.template) return [choose];
  return [...first, ...inputQuestions(state.template), ...placeQuestions(wizard, state.template)];
}

function inputQuestions(template: Template): readonly Question[] {
  return template.inputs.map((input): Question => async (now, step) => {
    const reply = await askInput(input, now.answers, step);
    return reply === 'back' ? reply : { ...now, answers: { ...now.answers, [input.key]: reply.value } };
  });
}

function placeQuestions(wizard: Wizard, template: Template): readonly Question[] {
  return [
    async (now, step) => {
      const name = now.answers['name'] ?? template.id;
      const reply = await askFolder({ name, parents: wizard.parents, files: wizard.world.files }, step);
      return reply === 'back' ? reply : { ...now, ...reply.value };
    },
    async (now, step) => {
      const answers = onlyAsked(template, now.answers);
      const reply = await confirmFiles({ template, dir: now.dir, answers }, wizard, step);
      return reply === 'back' ? reply : now;
    },
  ];
}
