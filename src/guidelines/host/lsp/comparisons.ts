import { MessageType } from 'vscode-languageserver-protocol';
import { UserError, messageOf } from '../../../base/errors';
import type { Base } from '../../breaking/base';
import { baseSteps } from '../../breaking/base';
import { breakingSteps } from '../../breaking/compare';
import { BaseReader } from '../../breaking/git';
import type { Spec } from '../../spec';
import { finishInSlices } from '../../steps';
import type { Breaking } from './breaking';
import { mayRunGit } from './breaking';
import { checkAgain } from './documents';
import type { Checked } from './open';
import { placeOf } from './places';
import type { ServerHost, Session } from './session';

/** Milliseconds without a change before a document is compared: nobody's keystroke waits for it. */
const quiet = 250;

/** Serves the findings about older versions. */
export function serveBreaking(session: Session, host: ServerHost): Breaking {
  const breaking = new Comparisons(session, host);
  session.connection.onNotification('servicewright/bases', (said: unknown) => {
    breaking.mayRunGit = mayRunGit(said);
    breaking.again();
  });
  return breaking;
}

interface Work {
  timer: ReturnType<typeof setTimeout> | undefined;
  running: AbortController | undefined;
  /** Fires when the document is closed. */
  readonly gone: AbortController;
  /** The older version, read once; undefined until it was asked for. */
  base: Promise<Base | undefined> | undefined;
}

class Comparisons implements Breaking {
  mayRunGit = false;
  readonly #session: Session;
  readonly #host: ServerHost;
  readonly #work = new Map<string, Work>();
  /** By the reference that was set. */
  readonly #readers = new Map<string, BaseReader>();
  readonly #said = new Set<string>();

  constructor(session: Session, host: ServerHost) {
    this.#session = session;
    this.#host = host;
  }

  opened(uri: string): void {
    this.closed(uri);
    this.#readers.clear();
    this.#work.set(uri, {
      timer: undefined,
      running: undefined,
      gone: new AbortController(),
      base: undefined,
    });
    this.#soon(uri);
  }

  changed(uri: string): void {
    this.#soon(uri);
  }

  saved(uri: string): void {
    const work = this.#work.get(uri);
    if (work === undefined) return;
    this.#readers.clear();
    work.base = undefined;
    this.#soon(uri);
  }

  closed(uri: string): void {
    this.#stop(uri)?.gone.abort();
    this.#work.delete(uri);
  }

  again(): void {
    this.#readers.clear();
    for (const [uri, work] of this.#work) {
      work.base = undefined;
      this.#soon(uri);
    }
  }

  #stop(uri: string): Work | undefined {
    const work = this.#work.get(uri);
    clearTimeout(work?.timer);
    work?.running?.abort();
    return work;
  }

  #soon(uri: string): void {
    const work = this.#stop(uri);
    if (work === undefined) return;
    work.timer = setTimeout(() => this.#session.safely(() => this.#compare(uri, work)), quiet);
    // A server that is done need not wait for it.
    work.timer.unref?.();
  }

  async #compare(uri: string, work: Work): Promise<void> {
    const running = new AbortController();
    work.running = running;
    const { signal } = running;
    const settings = await this.#session.settingsFor(uri);
    const ref = settings === 'off' ? 'off' : settings.breakingBase;
    const checked = await this.#session.check(uri);
    // A newer version has work of its own.
    if (checked === undefined || signal.aborted) return;
    const { spec, document } = checked;
    if (spec === undefined || !this.#isCompared(spec, ref)) return this.#tell(checked, document.breaks([]));
    // A broken text says too little: what was found before holds on.
    if (!spec.isSound) return;
    const base = await (work.base ??= this.#baseOf(checked, ref, work.gone.signal));
    if (signal.aborted) return;
    if (base === undefined) return this.#tell(checked, document.breaks([]));
    const severityOf = document.severityOf.bind(document);
    const steps = breakingSteps({ before: base.spec, after: spec, from: base.from, severityOf });
    const told = await finishInSlices(steps, { ...this.#host.turns, signal });
    if (!signal.aborted) this.#tell(checked, document.breaks(told));
  }

  /** A part has no older version of its own. */
  #isCompared(spec: Spec, ref: string): boolean {
    return this.mayRunGit && ref !== 'off' && !spec.isPart;
  }

  async #baseOf({ document, spec }: Checked, ref: string, signal: AbortSignal): Promise<Base | undefined> {
    const place = placeOf(document.uri);
    if (place?.root !== 'file://' || spec === undefined) return undefined;
    let reader = this.#readers.get(ref);
    if (reader === undefined) {
      reader = new BaseReader(this.#host.processes, ref === 'merge-base' ? undefined : ref);
      this.#readers.set(ref, reader);
    }
    try {
      const text = await reader.read(place.path.replace(/^\/(?=[A-Za-z]:)/, ''), signal);
      return text && (await finishInSlices(baseSteps(text, spec), { ...this.#host.turns, signal }));
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      this.#say(error);
      return undefined;
    }
  }

  /** A folder that is in no repository is usual; a reference that does not exist is somebody's slip. */
  #say(error: UserError): void {
    const message = messageOf(error);
    if (this.#said.has(message)) return;
    this.#said.add(message);
    const isUsual = error.code !== 'guidelines/no-such-ref';
    this.#session.log(isUsual ? MessageType.Info : MessageType.Warning, message);
  }

  #tell({ document }: Checked, isNews: boolean): void {
    if (!isNews) return;
    this.#session.checker.forget(document.uri);
    checkAgain(this.#session);
  }
}
