import { isAbort, messageOf, UserError } from '../../../../base/errors';
import type { World } from '../../../../base/ports';
import { createService, planService } from '../../../create';
import { standIns } from '../../../form/fields';
import { conflictsIn, contentView, filesView, noFiles, shownFile } from '../../../form/files';
import type { Planned } from '../../../form/files';
import type { Decision, FilesView, PageMessage, SavedForm, ToolView } from '../../../form/protocol';
import { isPageMessage } from '../../../form/protocol';
import type { Happening } from '../../../form/reduce';
import { reduce } from '../../../form/reduce';
import type { FormState } from '../../../form/state';
import { givenOf, placeOf, savedOf } from '../../../form/state';
import { viewOf, whyNot } from '../../../form/view';
import type { FileChange } from '../../../plan';
import { renderOf } from '../../../plan';
import type { Render } from '../../../render';
import type { Template } from '../../../template';
import type { ToolState } from '../../../tools';
import { checkTools } from '../../../tools';
import type { Desk, Session, Stage } from './desk';

/** Keystrokes closer together than this are planned once. */
const pauseMs = 40;

/** Words that change which files would be written, or where. */
const planned = new Set<PageMessage['type']>([
  'ready',
  'template',
  'preset',
  'answer',
  'reset',
  'parent',
  'folder',
]);

export function createSession(initial: FormState, desk: Desk): Session {
  return new FormSession(initial, desk);
}

const toolView = ({ constraint, state, message }: ToolState): ToolView => ({
  name: constraint.tool,
  state,
  says: message,
});

class FormSession implements Session {
  readonly #desk: Desk;
  #state: FormState;
  #plan: Planned | undefined;
  #nothing: FilesView | undefined;
  /** Counts plans: only the latest may speak. */
  #round = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #pending: Promise<void> = Promise.resolve();
  #overtake: () => void = () => undefined;
  #looking: Promise<void> = Promise.resolve();
  #making: AbortController | undefined;
  /** The template whose programs were looked for. */
  #toolsOf: Template | undefined;
  readonly #gone = new AbortController();

  constructor(initial: FormState, desk: Desk) {
    this.#state = initial;
    this.#desk = desk;
  }

  async take(message: unknown): Promise<void> {
    if (!isPageMessage(message)) {
      this.#desk.world.log.warn('The form sent a message that is none of its own; it was dropped.');
      return;
    }
    this.#state = reduce(this.#state, message);
    this.#postForm();
    if (this.#toolsOf !== this.#state.template) this.#lookForTools(this.#state.template);
    if (planned.has(message.type)) this.#planSoon();
    else await this.#act(message);
  }

  /** A plan that is overtaken while it is waited for leaves its place to the next. */
  async settled(): Promise<void> {
    for (let waited: unknown; waited !== this.#pending;) {
      waited = this.#pending;
      await Promise.all([waited, this.#looking]);
    }
  }

  stage(): Stage {
    if (this.#state.phase === 'done') return 'done';
    return this.#state.dirty ? 'filled' : 'untouched';
  }

  saved(): SavedForm {
    return savedOf(this.#state);
  }

  moveTo(parent: string): void {
    this.#happen({ type: 'browsed', path: parent });
    this.#planSoon();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#round++;
    this.#making?.abort();
    this.#gone.abort();
  }

  #lookForTools(template: Template): void {
    this.#toolsOf = template;
    const { world } = this.#desk;
    // Finding a program starts nothing; asking for its version does.
    const constraints = this.#desk.mayRun()
      ? template.constraints
      : template.constraints.map(({ tool, why }) => ({ tool, why }));
    this.#looking = checkTools(constraints, { ...world, signal: this.#gone.signal })
      .then((tools) => {
        if (this.#toolsOf !== template || this.#gone.signal.aborted) return;
        this.#happen({ type: 'tools', tools: tools.map(toolView) });
      })
      .catch((error: unknown) => {
        if (!isAbort(error)) world.log.error('Looking for programs', error);
      });
  }

  #render(): Render {
    return renderOf(this.#state.template);
  }

  #happen(happening: Happening): void {
    this.#state = reduce(this.#state, happening);
    this.#postForm();
  }

  #postForm(): void {
    const state = this.#state;
    this.#desk.post({
      type: 'form',
      revision: state.revision,
      form: viewOf(state, this.#render()),
      saved: state.phase === 'done' ? undefined : savedOf(state),
    });
  }

  async #act(message: PageMessage): Promise<void> {
    switch (message.type) {
      case 'show':
      case 'decide':
      case 'decideAll':
        this.#postFiles();
        return;
      case 'open':
      case 'compare':
        await this.#present(message.type, message.path);
        return;
      case 'browse':
        await this.#browse();
        return;
      case 'leave':
        await this.#desk.leave(this.#state.dirty);
        return;
      case 'cancel':
        this.#making?.abort();
        return;
      case 'create':
        await this.#create();
        return;
      default:
        return;
    }
  }

  /** Only a file of the plan: the page names paths, but reaches no others by them. */
  async #present(way: 'open' | 'compare', path: string): Promise<void> {
    const file = this.#plan?.files.find((one) => one.path === path);
    if (!file) return;
    // The files have to be called something while their folder is not known.
    const dir = placeOf(this.#state).dir || `/${this.#state.template.id}`;
    await this.#desk[way](dir, file);
  }

  async #browse(): Promise<void> {
    const path = await this.#desk.browse(this.#state.parent);
    if (path !== undefined) this.moveTo(path);
  }

  /** Plans once nobody has typed for a moment; a plan that was under way is forgotten. */
  #planSoon(): void {
    clearTimeout(this.#timer);
    const round = ++this.#round;
    this.#overtake();
    this.#pending = new Promise((resolve) => {
      this.#overtake = resolve;
      this.#timer = setTimeout(() => resolve(this.#planNow(round)), pauseMs);
    });
  }

  async #planNow(round: number): Promise<void> {
    const stand = standIns(this.#state, this.#render());
    if (!stand) {
      this.#plan = undefined;
      this.#nothing = noFiles('The files can be shown once every answer can be taken.');
      this.#postFiles();
      return;
    }
    const { dir } = placeOf(this.#state);
    try {
      const { files, obstacle, intoExisting } = await planService(
        this.#state.template,
        dir || '/',
        stand.given,
        this.#ground(dir),
      );
      if (round !== this.#round) return;
      this.#plan = { files, standIns: stand.titles };
      const found = { dir, obstacle: obstacle?.message, exists: intoExisting, conflicts: conflictsIn(files) };
      this.#happen({ type: 'found', found });
    } catch (error) {
      if (round !== this.#round) return;
      this.#plan = undefined;
      this.#nothing = noFiles(this.#wordsFor(error));
    }
    this.#postFiles();
  }

  /** Where nothing is known to stand while the folder is not known. */
  #ground(dir: string): World {
    const { world } = this.#desk;
    return dir === '' ? { ...world, trees: { ...world.trees, obstacle: async () => undefined } } : world;
  }

  #postFiles(): void {
    const state = this.#state;
    if (!this.#plan && !this.#nothing) return;
    const files = this.#plan ? filesView(this.#plan, state) : (this.#nothing ?? noFiles(''));
    const file = this.#plan && shownFile(this.#plan.files, state);
    const content = file && contentView(file, state.decisions[file.path]);
    this.#desk.post({ type: 'files', revision: state.revision, files, content });
  }

  async #create(): Promise<void> {
    const state = this.#state;
    if (state.phase !== 'editing' || whyNot(state, this.#render()) !== undefined) return;
    const order = { template: state.template, dir: placeOf(state).dir, answers: givenOf(state) };
    this.#making = new AbortController();
    this.#happen({ type: 'creating' });
    try {
      const { signal } = this.#making;
      const decide = ({ path }: FileChange): Decision | undefined => state.decisions[path];
      const world = { ...this.#desk.world, signal, decide };
      const created = await createService(order.template, order.dir, order.answers, world);
      this.#happen({ type: 'made', done: this.#desk.made(created, order) });
    } catch (error) {
      this.#happen({ type: 'failed', problem: isAbort(error) ? undefined : this.#wordsFor(error) });
    } finally {
      this.#making = undefined;
    }
  }

  #wordsFor(error: unknown): string {
    const { log } = this.#desk.world;
    if (error instanceof UserError) {
      log.error(`${error.code}: ${error.message}`, error.cause);
      return error.message;
    }
    log.error('Unexpected error in the form', error);
    return `Something went wrong that is a defect of ours (${messageOf(error)}); the log says more.`;
  }
}
