/**
 * What the form's page and the extension host say to each other. Both sides look at every message with these guards; what does not
 * fit is dropped. The page only shows: values, faults and files all come from the host.
 */
import type { Guard, Guarded } from '../../base/guards';
import { either, flag, listOf, literal, mapOf, number, optional, record, text } from '../../base/guards';

export const answerValue = either(either(text, flag), listOf(text));

/** A template, or a preset of one, as a card. */
const option = record({ id: text, title: text, description: text });
export type OptionView = Guarded<typeof option>;

const choice = record({
  value: text,
  title: text,
  description: text,
  /** Why it can't be chosen with the other answers as they are. */
  refused: optional(text),
});
export type ChoiceView = Guarded<typeof choice>;

const field = record({
  key: text,
  type: literal('string', 'secret', 'choice', 'multi-choice', 'boolean'),
  title: text,
  prompt: text,
  placeholder: text,
  required: flag,
  value: answerValue,
  choices: listOf(choice),
  /** Not at what the template or the preset would have. */
  changed: flag,
  fault: optional(text),
});
export type FieldView = Guarded<typeof field>;

const place = record({
  parent: text,
  /** Folders to offer, the likeliest first. */
  parents: listOf(text),
  parentFault: optional(text),
  folder: text,
  folderChanged: flag,
  folderFault: optional(text),
  /** Where the service will be. */
  dir: text,
  /** It is there and holds something. */
  exists: flag,
});
export type PlaceView = Guarded<typeof place>;

const tool = record({
  name: text,
  state: literal('met', 'missing', 'wrong-version', 'unknown'),
  says: text,
});
export type ToolView = Guarded<typeof tool>;

const done = record({ title: text, lines: listOf(text), next: listOf(text) });
export type DoneView = Guarded<typeof done>;

const form = record({
  templates: listOf(option),
  template: text,
  presets: listOf(option),
  /** Empty: the template's own defaults. */
  preset: text,
  fields: listOf(field),
  place,
  tools: listOf(tool),
  /** How many answers can't be taken yet. */
  faults: number,
  /** Why nothing can be created yet. */
  reason: optional(text),
  phase: literal('editing', 'creating', 'done'),
  /** Why creating failed. */
  problem: optional(text),
  done: optional(done),
});
export type FormView = Guarded<typeof form>;

/** What stands there stays, or the template's replaces it; the engine's own words. */
export const decision = literal('keep', 'overwrite');
export type Decision = Guarded<typeof decision>;

const row = record({
  path: text,
  kind: literal('create', 'same', 'merge', 'conflict'),
  managed: flag,
  size: number,
  executable: flag,
  decision: optional(decision),
});
export type FileRow = Guarded<typeof row>;

const files = record({
  rows: listOf(row),
  summary: text,
  /** What stands in for answers that are missing. */
  note: optional(text),
  /** Why there is nothing to show. */
  problem: optional(text),
  /** How many files differ from what stands there. */
  conflicts: number,
  shown: optional(text),
});
export type FilesView = Guarded<typeof files>;

const line = record({ mark: literal(' ', '+', '-'), text });
export type ContentLine = Guarded<typeof line>;

const content = record({
  path: text,
  lines: listOf(line),
  /** What is not shown, or why nothing is. */
  notice: optional(text),
  /** Another file stands there, with which it can be compared. */
  differs: flag,
  /** Somebody has to decide what becomes of it. */
  asks: flag,
  decision: optional(decision),
});
export type ContentView = Guarded<typeof content>;

/** What survives a reload of the window: everything but secrets. */
export const savedForm = record({
  template: text,
  preset: text,
  answers: mapOf(answerValue),
  parent: text,
  folder: optional(text),
  shown: optional(text),
});
export type SavedForm = Guarded<typeof savedForm>;

const hostMessages = {
  form: record({ type: literal('form'), revision: number, form, saved: optional(savedForm) }),
  files: record({ type: literal('files'), revision: number, files, content: optional(content) }),
} as const;

/** From the host to the page. `revision` is that of the page's last message that it knows of. */
export type HostMessage = Guarded<(typeof hostMessages)[keyof typeof hostMessages]>;

const revision = { revision: number };
const pageMessages = {
  /** The page is loaded, for the first time or again after it was hidden. */
  ready: record({ type: literal('ready'), ...revision }),
  template: record({ type: literal('template'), id: text, ...revision }),
  preset: record({ type: literal('preset'), id: text, ...revision }),
  answer: record({ type: literal('answer'), key: text, value: answerValue, ...revision }),
  /** Back to what the template or the preset would have. */
  reset: record({ type: literal('reset'), key: text, ...revision }),
  parent: record({ type: literal('parent'), path: text, ...revision }),
  folder: record({ type: literal('folder'), name: text, ...revision }),
  browse: record({ type: literal('browse'), ...revision }),
  show: record({ type: literal('show'), path: text, ...revision }),
  open: record({ type: literal('open'), path: text, ...revision }),
  compare: record({ type: literal('compare'), path: text, ...revision }),
  decide: record({ type: literal('decide'), path: text, decision, ...revision }),
  /** About every file that differs. */
  decideAll: record({ type: literal('decideAll'), decision, ...revision }),
  create: record({ type: literal('create'), ...revision }),
  cancel: record({ type: literal('cancel'), ...revision }),
  leave: record({ type: literal('leave'), ...revision }),
} as const;

/** From the page to the host. */
export type PageMessage = Guarded<(typeof pageMessages)[keyof typeof pageMessages]>;

type Distributed<T> = T extends unknown ? Omit<T, 'revision'> : never;
/** A message without the number that the page counts. */
export type PageWord = Distributed<PageMessage>;

const fits = (value: unknown, guards: Readonly<Record<string, Guard<unknown>>>): boolean =>
  Object.values(guards).some((guard) => guard(value));

export const isHostMessage: Guard<HostMessage> = (value): value is HostMessage => fits(value, hostMessages);
export const isPageMessage: Guard<PageMessage> = (value): value is PageMessage => fits(value, pageMessages);
