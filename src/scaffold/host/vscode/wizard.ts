import type { World } from '../../../base/ports';
import type { Answers } from '../../answers';
import { answerText, answersBefore, defaultAnswer } from '../../answers';
import type { FileChange } from '../../plan';
import { createRender } from '../../render';
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
  /** Answers that the caller gave; they can be changed. */
  readonly answers: Answers;
  /** Answers of last time, by key: what a question starts with when the template has nothing better. */
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
  /** What was answered; an answer that was left at its default is not kept, so that the default follows the answers before it. */
  readonly answers: Answers;
  readonly dir: string;
}

/** One question: gives the state with the answer in it, or `back`. */
type Question = (state: State, step: Step) => Promise<State | 'back'>;

/** Asks everything in turn, keeping answers when going back. Throws AbortError when the person leaves. */
export async function runWizard(wizard: Wizard): Promise<Choice> {
  const only = wizard.templates.length === 1 ? wizard.templates[0] : undefined;
  let state: State = { template: only, answers: wizard.answers, dir: '' };
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
  return { template: state.template, dir: state.dir, answers: asked(state.template, state.answers) };
}

/** The answers to this template's questions; another template may have asked others before. */
function asked(template: Template, answers: Answers): Answers {
  const keys = template.inputs.map((input) => input.key);
  return Object.fromEntries(Object.entries(answers).filter(([key]) => keys.includes(key)));
}

function questionsFor(wizard: Wizard, state: State): readonly Question[] {
  const choose: Question = async (now, step) => {
    const reply = await askTemplate(wizard.templates, step);
    return reply === 'back' ? reply : { ...now, template: reply.value };
  };
  const first = wizard.templates.length === 1 ? [] : [choose];
  if (!state.template) return [choose];
  return [...first, ...inputQuestions(wizard, state.template), ...placeQuestions(wizard, state.template)];
}

function inputQuestions(wizard: Wizard, template: Template): readonly Question[] {
  const render = createRender();
  return template.inputs.map((input): Question => async (now, step) => {
    const usual = answerText(
      defaultAnswer(input, answersBefore(template, input, now.answers, render), render),
    );
    const start = answerText(
      now.answers[input.key] ?? (usual === '' ? (wizard.remembered[input.key] ?? '') : usual),
    );
    const reply = await askInput({ template, input, start, render }, step);
    if (reply === 'back') return reply;
    const { [input.key]: _before, ...others } = now.answers;
    return {
      ...now,
      answers: reply.value === usual ? others : { ...others, [input.key]: reply.value },
    };
  });
}

function placeQuestions(wizard: Wizard, template: Template): readonly Question[] {
  return [
    async (now, step) => {
      const name = answerText(now.answers['name'] ?? template.id);
      const reply = await askFolder({ name, parents: wizard.parents, world: wizard.world }, step);
      return reply === 'back' ? reply : { ...now, dir: reply.value.dir };
    },
    async (now, step) => {
      const choice = { template, dir: now.dir, answers: asked(template, now.answers) };
      const reply = await confirmFiles(choice, wizard, step);
      return reply === 'back' ? reply : now;
    },
  ];
}
