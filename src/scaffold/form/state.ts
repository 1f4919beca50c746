import { templateKey } from '../origin';
import { basename, join } from '../../base/paths';
import type { Answer, Answers } from '../answer';
import { answerAt } from '../answer';
import { fitAnswer } from '../answers';
import { notAbsolute } from '../errors';
import type { Template, TemplateInput } from '../template';
import type { Decision, DoneView, SavedForm, ToolView } from './protocol';

/** Everything that the form knows; a message makes a new one of it (`reduce.ts`), and the page is drawn from it (`view.ts`). */
export interface FormState {
  readonly templates: readonly Template[];
  readonly template: Template;
  /** Empty: the template's own defaults. */
  readonly preset: string;
  /** What the person answered, of whatever template; a question that goes away keeps its answer. */
  readonly answers: Answers;
  /** Questions that were answered once: these say what is wrong, the others are only not answered yet. */
  readonly seen: ReadonlySet<string>;
  /** Answers of last time, for questions whose template knows nothing better. */
  readonly remembered: Answers;
  readonly parent: string;
  readonly parents: readonly string[];
  /** Undefined: named after the service. */
  readonly folder: string | undefined;
  /** The file on show. */
  readonly shown: string | undefined;
  /** What is to become of files that stand there and differ. */
  readonly decisions: Readonly<Record<string, Decision>>;
  /** What was found in the way of a service in a folder, and which files there differ. */
  readonly found: Found | undefined;
  readonly tools: readonly ToolView[];
  readonly phase: 'editing' | 'creating' | 'done';
  /** Create was pressed: every question says now what is wrong. */
  readonly tried: boolean;
  readonly problem: string | undefined;
  readonly done: DoneView | undefined;
  /** Of the page's last message. */
  readonly revision: number;
  /** Whether the person did something that would be lost. */
  readonly dirty: boolean;
}

export interface Found {
  readonly dir: string;
  readonly obstacle: string | undefined;
  readonly exists: boolean;
  readonly conflicts: readonly string[];
}

export interface Beginning {
  readonly templates: readonly Template[];
  /** The one to begin with; the first when it is not there. */
  readonly template?: string | undefined;
  /** A preset of that template. */
  readonly preset?: string | undefined;
  /** Of its questions; as they came from wherever, so that a text with commas may be a list. */
  readonly answers: Answers;
  readonly remembered: Answers;
  readonly parents: readonly string[];
}

const preferred = 'django-service';

/** A form that nobody has touched. Throws where there is no template at all. */
export function beginForm(beginning: Beginning): FormState {
  const { templates, template, preset, remembered, parents } = beginning;
  const wanted = template ?? preferred;
  const first = templates.find((one) => templateKey(one) === wanted) ?? templates[0];
  if (!first) throw new Error('there is no template');
  const answers = fitted(first, beginning.answers);
  return {
    templates,
    template: first,
    preset: first.presets.find((one) => one.id === preset)?.id ?? '',
    answers,
    seen: new Set(Object.keys(answers)),
    remembered,
    parent: parents[0] ?? '',
    parents,
    folder: undefined,
    shown: undefined,
    decisions: {},
    found: undefined,
    tools: [],
    phase: 'editing',
    tried: false,
    problem: undefined,
    done: undefined,
    revision: 0,
    dirty: false,
  };
}

const fitted = (template: Template, answers: Answers): Answers =>
  Object.fromEntries(
    template.inputs.flatMap((input) => {
      const answer = answerAt(answers, input.key);
      return answer === undefined ? [] : [[input.key, fitAnswer(input, answer)]];
    }),
  );

/** What of the form may be kept where others can read it: everything but secrets. */
export function savedOf(state: FormState): SavedForm {
  const secrets = new Set(
    state.templates.flatMap((one) =>
      one.inputs.filter((input) => input.type === 'secret').map((input) => input.key),
    ),
  );
  return {
    template: templateKey(state.template),
    preset: state.preset,
    answers: Object.fromEntries(Object.entries(state.answers).filter(([key]) => !secrets.has(key))),
    parent: state.parent,
    folder: state.folder,
    shown: state.shown,
  };
}

/** The form as it was saved, as far as its templates are still there. */
export function restoreForm(fresh: FormState, saved: SavedForm): FormState {
  const template = fresh.templates.find((one) => templateKey(one) === saved.template);
  if (!template) return fresh;
  return {
    ...fresh,
    template,
    preset: template.presets.some((one) => one.id === saved.preset) ? saved.preset : '',
    answers: saved.answers,
    seen: new Set(Object.keys(saved.answers)),
    parent: saved.parent,
    folder: saved.folder,
    shown: saved.shown,
    dirty: Object.keys(saved.answers).length > 0,
  };
}

/**
 * The answers that the engine is given: what was answered, before that the preset's, before that last time's where the template has
 * no default. Of questions of this template only, and without space around texts.
 */
export function givenOf(state: FormState): Answers {
  const given: Record<string, Answer> = {};
  for (const input of state.template.inputs) {
    const answer = answerAt(state.answers, input.key) ?? baseAnswer(state, input);
    if (answer !== undefined) given[input.key] = typeof answer === 'string' ? answer.trim() : answer;
  }
  return given;
}

/** What an answer is when the person gives none, before the template's own default. */
export function baseAnswer(state: FormState, input: TemplateInput): Answer | undefined {
  const preset = state.template.presets.find((one) => one.id === state.preset);
  const preferredAnswer = preset && answerAt(preset.answers, input.key);
  if (preferredAnswer !== undefined) return preferredAnswer;
  return input.type === 'string' && input.default === undefined
    ? answerAt(state.remembered, input.key)
    : undefined;
}

export interface Place {
  readonly folder: string;
  /** Empty when it can't be told yet. */
  readonly dir: string;
  readonly parentFault: string | undefined;
  readonly folderFault: string | undefined;
}

/** Where the service would be. */
export function placeOf(state: FormState): Place {
  const name = givenOf(state)['name'];
  const folder = state.folder ?? (typeof name === 'string' ? name : '');
  const parentFault = parentFaultOf(state.parent.trim());
  const folderFault = folderFaultOf(folder.trim());
  const known = parentFault === undefined && folderFault === undefined && folder.trim() !== '';
  return {
    folder,
    dir: known ? join(slashed(state.parent.trim()), folder.trim()) : '',
    parentFault,
    folderFault,
  };
}

const slashed = (path: string): string => (/^[A-Za-z]:\\/.test(path) ? path.replaceAll('\\', '/') : path);

function parentFaultOf(parent: string): string | undefined {
  if (parent === '') return 'Give the folder that shall hold the new one.';
  return /^(\/|[A-Za-z]:[\\/])/.test(parent) ? undefined : notAbsolute(parent).message;
}

function folderFaultOf(folder: string): string | undefined {
  const isName = !/[\\/]/.test(folder) && folder !== '.' && folder !== '..';
  return isName && (folder === '' || basename(folder) === folder)
    ? undefined
    : 'Give one name, without slashes; the folder around it is the parent folder.';
}
