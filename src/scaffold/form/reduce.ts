import { templateKey } from '../origin';
import type { Answer } from '../answer';
import type { TemplateInput } from '../template';
import type { Decision, DoneView, PageMessage, ToolView } from './protocol';
import type { FormState, Found } from './state';
import { placeOf } from './state';

/** What happens on the host's side. */
export type Happening =
  | { readonly type: 'browsed'; readonly path: string }
  | { readonly type: 'found'; readonly found: Found }
  | { readonly type: 'tools'; readonly tools: readonly ToolView[] }
  | { readonly type: 'creating' }
  | { readonly type: 'failed'; readonly problem: string | undefined }
  | { readonly type: 'made'; readonly done: DoneView };

/**
 * The form after a message of the page or a happening of the host. A message that fits nothing (another template's question, a value
 * of another type) leaves everything as it was but the revision. Nothing is edited while the service is made, or after.
 */
export function reduce(state: FormState, word: PageMessage | Happening): FormState {
  if (!('revision' in word)) return happened(state, word);
  const now = { ...state, revision: word.revision };
  return now.phase === 'editing' ? elsewhere(now, edited(now, word)) : now;
}

/** What was decided about files of one folder is not decided about those of another. */
function elsewhere(before: FormState, now: FormState): FormState {
  return placeOf(before).dir === placeOf(now).dir ? now : { ...now, decisions: {} };
}

function edited(state: FormState, message: PageMessage): FormState {
  switch (message.type) {
    case 'template':
      return withTemplate(state, message.id);
    case 'preset':
      return withPreset(state, message.id);
    case 'answer':
      return withAnswer(state, message.key, message.value);
    case 'reset':
      return withoutAnswer(state, message.key);
    case 'parent':
      return { ...state, parent: message.path, dirty: true, problem: undefined };
    case 'folder':
      return {
        ...state,
        folder: message.name === '' ? undefined : message.name,
        dirty: true,
        problem: undefined,
      };
    case 'show':
      return { ...state, shown: message.path };
    case 'decide':
      return { ...state, decisions: { ...state.decisions, [message.path]: message.decision }, dirty: true };
    case 'decideAll':
      return { ...state, decisions: decidedAll(state, message.decision), dirty: true };
    case 'create':
      return { ...state, tried: true };
    default:
      return state;
  }
}

function happened(state: FormState, happening: Happening): FormState {
  switch (happening.type) {
    case 'browsed':
      return state.phase === 'editing'
        ? elsewhere(state, { ...state, parent: happening.path, dirty: true, problem: undefined })
        : state;
    case 'found':
      return { ...state, found: happening.found };
    case 'tools':
      return { ...state, tools: happening.tools };
    case 'creating':
      return { ...state, phase: 'creating', problem: undefined };
    case 'failed':
      return { ...state, phase: 'editing', problem: happening.problem };
    case 'made':
      return { ...state, phase: 'done', problem: undefined, done: happening.done, dirty: false };
  }
}

const decidedAll = ({ found }: FormState, decision: Decision): FormState['decisions'] =>
  Object.fromEntries((found?.conflicts ?? []).map((path) => [path, decision]));

function withTemplate(state: FormState, id: string): FormState {
  const template = state.templates.find((one) => templateKey(one) === id);
  if (!template || template === state.template) return state;
  return {
    ...state,
    template,
    preset: '',
    tried: false,
    problem: undefined,
    tools: [],
    decisions: {},
    found: undefined,
  };
}

/** The preset's answers come in place of the person's own to the questions that any preset answers; all others stay. */
function withPreset(state: FormState, id: string): FormState {
  const { presets } = state.template;
  if (id !== '' && !presets.some((one) => one.id === id)) return state;
  const theirs = new Set(presets.flatMap((one) => Object.keys(one.answers)));
  const answers = Object.fromEntries(Object.entries(state.answers).filter(([key]) => !theirs.has(key)));
  return { ...state, preset: id, answers, problem: undefined, dirty: true };
}

function withAnswer(state: FormState, key: string, answer: Answer): FormState {
  const input = state.template.inputs.find((one) => one.key === key);
  if (!input || !isOfType(input, answer)) return state;
  return {
    ...state,
    answers: { ...state.answers, [key]: answer },
    seen: new Set([...state.seen, key]),
    problem: undefined,
    dirty: true,
  };
}

function withoutAnswer(state: FormState, key: string): FormState {
  const { [key]: _gone, ...answers } = state.answers;
  const seen = new Set([...state.seen].filter((one) => one !== key));
  return { ...state, answers, seen, problem: undefined };
}

function isOfType(input: TemplateInput, answer: Answer): boolean {
  if (input.type === 'boolean') return typeof answer === 'boolean';
  return input.type === 'multi-choice' ? typeof answer === 'object' : typeof answer === 'string';
}
