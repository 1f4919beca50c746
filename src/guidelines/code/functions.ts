/** The functions of rule sets that are JavaScript, as a check calls them. */
import type { CodeReply, CodeRunner } from '../../base/code-runner';
import type { Range } from '../../base/text';
import type { ConfigProblem } from '../config/text';
import type { SpecVersion } from '../detect';
import { formatPointer } from '../pointer';
import type { Spec } from '../spec';
import type { Answer, Call, Loading, Question, RulesetAnswer } from './messages';
import { answerOf, answersOf } from './messages';
import { plainDocument } from './plain';

/** Milliseconds. */
export interface CodeLimits {
  /** For a module to be loaded, the start of the worker included. */
  readonly load: number;
  readonly call: number;
  /** For all calls in one check of one document. */
  readonly run: number;
}

/** Somebody is typing. */
export const editorLimits: CodeLimits = { load: 5000, call: 1000, run: 2000 };
/** Nobody waits for each key, and machines that build are slow. */
export const commandLineLimits: CodeLimits = { load: 30_000, call: 5000, run: 60_000 };

/** A place of a configuration that names a function. */
export interface Naming {
  readonly file: string;
  readonly range: Range;
  readonly name: string;
}

export interface CodeFunctions {
  /** Loads a module; gives what is wrong with it, as words that go on, or undefined. */
  load(file: string): string | undefined;
  /** Loads a rule set that is code. */
  ruleset(file: string): RulesetAnswer | { readonly kind: 'fault'; readonly why: string };
  /** Calls a function about a document, for one value after the other; all calls are of one module. */
  call(spec: Spec, calls: readonly Call[]): readonly Answer[];
  /** Forgets what went wrong with a function that a place names, since it is asked anew about a document. */
  begin(spec: Spec, naming: Naming): void;
  /** Keeps what went wrong, the first for each place. */
  tell(spec: Spec, naming: Naming, problem: ConfigProblem): void;
  /** What went wrong when they were asked last about a document. */
  faultsOf(spec: Spec): readonly ConfigProblem[];
}

/** Why code is not run: nobody said so, the workspace is not trusted, or its files are not on this machine. */
export type NoCode = 'off' | 'untrusted' | 'elsewhere';
export type CodeAccess = CodeFunctions | NoCode;

/** One check of one version of a document. */
interface Run {
  readonly round: number;
  /** Milliseconds by module. */
  readonly spent: Map<string, number>;
}

/** Calls functions through a runner. A function that takes too long is stopped for as long as this lives. */
export class RunningFunctions implements CodeFunctions {
  readonly #runner: CodeRunner;
  readonly #limits: CodeLimits;
  /** By module: why it is not called any more. */
  readonly #stopped = new Map<string, string>();
  readonly #runs = new WeakMap<Spec, Run>();
  /** By the place that names the function. */
  readonly #faults = new WeakMap<Spec, Map<string, ConfigProblem>>();
  #life = 0;
  readonly #loaded = new Set<string>();
  /** Modules that are rule sets. */
  readonly #rulesets = new Set<string>();
  #sent: { readonly spec: Spec; readonly round: number } | undefined;

  constructor(runner: CodeRunner, limits: CodeLimits) {
    this.#runner = runner;
    this.#limits = limits;
  }

  load(file: string): string | undefined {
    const answer = this.#load(file, this.#rulesets.has(file) ? 'ruleset' : 'function');
    return answer?.kind === 'fault' ? answer.why : undefined;
  }

  ruleset(file: string): ReturnType<CodeFunctions['ruleset']> {
    this.#rulesets.add(file);
    this.#loaded.delete(file);
    const answer = this.#load(file, 'ruleset');
    if (answer?.kind === 'ruleset' || answer?.kind === 'fault') return answer;
    return { kind: 'fault', why: 'it is no rule set' };
  }

  /** Undefined when it is loaded already. */
  #load(file: string, as: Loading): Answer | undefined {
    const why = this.#stopped.get(file);
    if (why !== undefined) return { kind: 'fault', why };
    this.#revive();
    if (this.#loaded.has(file)) return undefined;
    const { load } = this.#limits;
    const reply = this.#ask({ do: 'load', file, as }, load);
    const answer = this.#heard(reply, file, `its file did not load within ${seconds(load)}`);
    if (answer.kind !== 'fault') this.#loaded.add(file);
    return answer;
  }

  call(spec: Spec, calls: readonly Call[]): readonly Answer[] {
    const file = calls[0]?.file;
    if (file === undefined) return [];
    const all = (why: string): readonly Answer[] => calls.map(() => ({ kind: 'fault', why }));
    const why = this.load(file) ?? this.#show(spec);
    if (why !== undefined) return all(why);
    const { spent } = this.#runOf(spec);
    const left = this.#limits.run - sum(spent);
    if (left <= 0) return this.#afterStop(spent, spec, calls);
    const most = Math.min(this.#limits.call, left);
    const reply = this.#ask({ do: 'calls', calls }, most, left);
    spent.set(file, (spent.get(file) ?? 0) + reply.took);
    if (reply.kind === 'answer')
      return answersOf(reply.value, calls.length).map((answer, at) => placed(answer, calls[at]));
    if (reply.kind === 'late' && reply.took >= left) return this.#afterStop(spent, spec, calls);
    // What is stopped takes no more time, so that the others have theirs.
    spent.delete(file);
    const place = placeOf(calls[reply.steps]);
    const late = `it did not come to an end within ${seconds(most)}${place}, or it needed too much memory`;
    const answer = this.#heard(reply, file, late, place);
    return all(answer.kind === 'fault' ? answer.why : late);
  }

  /** All time of a check is used up: the function that took most of it is stopped, and the others go on. */
  #afterStop(spent: Map<string, number>, spec: Spec, calls: readonly Call[]): readonly Answer[] {
    const [slowest] = [...spent.keys()].toSorted((x, y) => (spent.get(y) ?? 0) - (spent.get(x) ?? 0));
    if (slowest === undefined) return [];
    spent.delete(slowest);
    const all = seconds(this.#limits.run);
    this.#stopped.set(slowest, `its calls took most of the ${all} that one check has for functions`);
    return this.call(spec, calls);
  }

  begin(spec: Spec, naming: Naming): void {
    this.#faults.get(spec)?.delete(keyOf(naming));
  }

  tell(spec: Spec, naming: Naming, problem: ConfigProblem): void {
    const faults = this.#faults.get(spec) ?? new Map<string, ConfigProblem>();
    this.#faults.set(spec, faults);
    const key = keyOf(naming);
    if (!faults.has(key)) faults.set(key, problem);
  }

  faultsOf(spec: Spec): readonly ConfigProblem[] {
    return [...(this.#faults.get(spec)?.values() ?? [])];
  }

  #runOf(spec: Spec): Run {
    const { round } = spec.notebook;
    const known = this.#runs.get(spec);
    if (known?.round === round) return known;
    const run: Run = { round, spent: new Map() };
    this.#runs.set(spec, run);
    return run;
  }

  /** What a worker knew is gone with it. */
  #revive(): void {
    if (this.#life === this.#runner.life && this.#life !== 0) return;
    this.#life = this.#runner.life;
    this.#loaded.clear();
    this.#sent = undefined;
  }

  #ask(question: Question, most: number, whole = most): CodeReply {
    const reply = this.#runner.ask(question, most, whole);
    if (this.#life === 0) this.#life = this.#runner.life;
    return reply;
  }

  /** Shows the worker the document that is checked. */
  #show(spec: Spec): string | undefined {
    const { round } = spec.notebook;
    if (this.#sent?.spec === spec && this.#sent.round === round) return undefined;
    const { load } = this.#limits;
    const reply = this.#ask(
      { do: 'document', ...plainDocument(spec), formats: formatNames(spec.version) },
      load,
    );
    if (reply.kind !== 'answer') return 'the document is too large for functions';
    this.#sent = { spec, round };
    return undefined;
  }

  #heard(reply: CodeReply, file: string, late: string, place = ''): Answer {
    if (reply.kind === 'answer') return answerOf(reply.value);
    const why = reply.kind === 'late' ? late : `it ended the worker that it ran in${place}`;
    this.#stopped.set(file, why);
    return { kind: 'fault', why };
  }
}

/** As Spectral's packages name them. */
function formatNames(version: SpecVersion): readonly string[] {
  if (version === '2.0') return ['oas2'];
  return version.startsWith('3.') ? ['oas3', `oas${version.replace('.', '_')}`] : [];
}

/** ` at #/paths/~1a`. */
const placeOf = (call: Call | undefined): string =>
  call === undefined ? '' : ` at #${formatPointer(call.path.map(String))}`;

/** A fault with the place where the function met it. */
const placed = (answer: Answer, call: Call | undefined): Answer =>
  answer.kind === 'fault' ? { kind: 'fault', why: `${answer.why} (${placeOf(call).trim()})` } : answer;

const keyOf = ({ file, range: { start }, name }: Naming): string =>
  `${file} ${start.line} ${start.character} ${name}`;
const sum = (spent: ReadonlyMap<string, number>): number => [...spent.values()].reduce((a, b) => a + b, 0);
const seconds = (ms: number): string => `${ms / 1000} s`;
