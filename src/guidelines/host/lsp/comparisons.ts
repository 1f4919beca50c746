import { MessageType } from 'vscode-languageserver-protocol';
import { UserError, messageOf } from '../../../base/errors';
import type { Base } from '../../breaking/base';
import { baseSteps, readBase } from '../../breaking/base';
import type { Broken } from '../../breaking/compare';
import { breakingSteps } from '../../breaking/compare';
import { BaseReader } from '../../breaking/git';
import type { Rule, Severity } from '../../rule';
import type { Spec } from '../../spec';
import type { Steps } from '../../steps';
import { finishInSlices } from '../../steps';
import type { Breaking } from './breaking';
import { mayRunGit } from './breaking';
import { checkAgain } from './documents';
import type { Checked, OpenDocument } from './open';
import { addressOf } from './project';
import type { ServerHost, Session } from './session';

/** Milliseconds without a change before a document is compared: nobody's keystroke waits for it. */
const quiet = 250;

/** Serves the findings about older versions. */
export function serveBreaking(session: Session, host: ServerHost): Breaking {
  const breaking = new Comparisons(session, host);
  session.linked.onReshaped = () => breaking.reshaped();
  session.connection.onNotification('servicewright/bases', (said: unknown) => {
    breaking.mayRunGit = mayRunGit(said);
    breaking.again();
  });
  return breaking;
}

interface Work {
  timer: ReturnType<typeof setTimeout> | undefined;
  running: AbortController | undefined;
}

/** An older version that was asked for. */
interface Older {
  readonly base: Promise<Base | undefined>;
  /** Fires when it is not wanted any more. */
  readonly gone: AbortController;
}

/** A description that is compared, with what is open of it. */
interface Compared {
  readonly uri: string;
  readonly address: string;
  readonly spec: Spec;
  readonly ref: string;
}

class Comparisons implements Breaking {
  mayRunGit = false;
  readonly #session: Session;
  readonly #host: ServerHost;
  /** By the URIs of open documents. */
  readonly #work = new Map<string, Work>();
  /** By the addresses of descriptions, which need not be open. */
  readonly #older = new Map<string, Older>();
  /** By the reference that was set. */
  readonly #readers = new Map<string, BaseReader>();
  readonly #said = new Set<string>();

  constructor(session: Session, host: ServerHost) {
    this.#session = session;
    this.#host = host;
  }

  opened(uri: string): void {
    this.#stop(uri);
    this.#work.set(uri, { timer: undefined, running: undefined });
    this.saved(uri);
  }

  changed(uri: string): void {
    for (const one of this.#around(uri)) this.#soon(one);
  }

  saved(uri: string): void {
    if (!this.#work.has(uri)) return;
    this.#readers.clear();
    const { project } = this.#session.files;
    for (const address of project.around(addressOf(uri) ?? uri)) this.#forget(address);
    this.changed(uri);
  }

  closed(uri: string): void {
    const around = this.#around(uri);
    this.#stop(uri);
    this.#work.delete(uri);
    if (around.length < 2) this.#forget(addressOf(uri) ?? uri);
    // What was found by way of it may be found by way of another.
    for (const one of around) this.#soon(one);
  }

  again(): void {
    this.#readers.clear();
    for (const address of this.#older.keys()) this.#forget(address);
    for (const uri of this.#work.keys()) this.#soon(uri);
  }

  reshaped(): void {
    for (const uri of this.#work.keys()) this.#soon(uri);
  }

  #forget(address: string): void {
    this.#older.get(address)?.gone.abort();
    this.#older.delete(address);
  }

  /** The open documents that belong together with one, itself among them. */
  #around(uri: string): readonly string[] {
    const around = this.#session.files.project.around(addressOf(uri) ?? uri);
    return [...this.#work.keys()].filter((one) => one === uri || around.has(addressOf(one) ?? one));
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
    const compared = this.#comparedFor(checked, ref);
    if (compared === undefined) return this.#tell(addressOf(uri) ?? uri, new Map());
    if (compared === 'elsewhere') return;
    // A broken text says too little: what was found before holds on.
    if (!compared.spec.isSoundAround) return;
    const base = await this.#olderOf(compared).base;
    if (signal.aborted) return;
    const broken = base === undefined ? new Map() : await this.#broken(base, compared, signal);
    if (!signal.aborted) this.#tell(compared.address, broken);
  }

  /**
   * The description that a document is, or is a part of. Undefined when there is nothing to compare; `elsewhere` when another open
   * document stands for it.
   */
  #comparedFor({ document: { uri }, spec }: Checked, ref: string): Compared | 'elsewhere' | undefined {
    if (spec === undefined || !this.mayRunGit || ref === 'off') return undefined;
    const { home } = spec;
    const address = home.others?.address ?? addressOf(uri) ?? uri;
    if (!spec.isPart) return { uri, address, spec, ref };
    if (home.isOnWeb || home === spec) return undefined;
    const isOpen = [...this.#session.documents.values()].some((one) => one.holds(home));
    const [first] = this.#around(uri).filter(
      (one) => this.#session.documents.get(one)?.read()?.home === home,
    );
    return isOpen || first !== uri ? 'elsewhere' : { uri, address, spec: home, ref };
  }

  async #broken(base: Base, { spec: after }: Compared, signal: AbortSignal): Promise<Broken> {
    const open = new Map<Spec, OpenDocument>();
    for (const uri of this.#work.keys()) {
      // What is grave in a file is known once it was checked.
      const checked = await this.#session.check(uri);
      if (checked?.spec !== undefined) open.set(checked.spec, checked.document);
    }
    const severityOf = (rule: Rule, file: Spec): Severity | undefined => open.get(file)?.severityOf(rule);
    const steps = breakingSteps({ before: base.spec, after, from: base.from, severityOf });
    return finishInSlices(steps, { ...this.#host.turns, signal });
  }

  #olderOf(compared: Compared): Older {
    const known = this.#older.get(compared.address);
    if (known !== undefined) return known;
    const gone = new AbortController();
    const older = { base: this.#baseOf(compared, gone.signal), gone };
    this.#older.set(compared.address, older);
    return older;
  }

  async #baseOf({ address, spec, ref }: Compared, signal: AbortSignal): Promise<Base | undefined> {
    const path = pathOf(address);
    if (path === undefined) return undefined;
    let reader = this.#readers.get(ref);
    if (reader === undefined) {
      reader = new BaseReader(this.#host.processes, ref === 'merge-base' ? undefined : ref);
      this.#readers.set(ref, reader);
    }
    try {
      return await this.#read(reader, { path, spec }, signal);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      this.#say(error);
      return undefined;
    }
  }

  async #read(
    reader: BaseReader,
    { path, spec }: { readonly path: string; readonly spec: Spec },
    signal: AbortSignal,
  ): Promise<Base | undefined> {
    const base = await reader.read(path, signal);
    if (base === undefined) return undefined;
    const run = <T>(steps: Steps<T>): Promise<T> => finishInSlices(steps, { ...this.#host.turns, signal });
    if (spec.others === undefined) return run(baseSteps(base, spec));
    return readBase(base, spec, {
      project: this.#session.files.project,
      address: addressAt(base.path),
      texts: async (addresses) => {
        const texts = await reader.readAll(
          path,
          addresses.flatMap((one) => pathOf(one) ?? []),
          signal,
        );
        return new Map([...texts].map(([at, text]) => [addressAt(at), text]));
      },
      run,
    });
  }

  /** A folder that is in no repository is usual; a reference that does not exist is somebody's slip. */
  #say(error: UserError): void {
    const message = messageOf(error);
    if (this.#said.has(message)) return;
    this.#said.add(message);
    const isUsual = error.code !== 'guidelines/no-such-ref';
    this.#session.log(isUsual ? MessageType.Info : MessageType.Warning, message);
  }

  /** Takes what the comparison of a description found, in whatever is open of it. */
  #tell(description: string, broken: Broken): void {
    const specs = [...broken];
    const changed = [...this.#session.documents.values()].filter((document) =>
      document.breaks(description, specs.find(([spec]) => document.holds(spec))?.[1] ?? []),
    );
    for (const { uri } of changed) this.#session.checker.forget(uri);
    if (changed.length > 0) checkAgain(this.#session);
  }
}

/** The path of a file of this machine, as its programs know it. */
function pathOf(address: string): string | undefined {
  const path = address.startsWith('file:///') ? address.slice('file://'.length) : undefined;
  return path?.replace(/^\/(?=[A-Za-z]:)/, '');
}

const addressAt = (path: string): string => `file://${path.startsWith('/') ? '' : '/'}${path}`;
