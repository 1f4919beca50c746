/** The worker's side: loads functions of rule sets, and calls them as Spectral does. Knows no Node. */
import { messageOf } from '../../../base/errors';
import { isObject, isString } from '../../../base/json';
import type { Answer, Answers, Call, CodeResult, Loading, Question } from '../messages';
import type { Called } from './called';
import { isCalled } from './called';
import type { PlainDocument } from '../plain';
import { formatsOf } from './core';
import { rulesetTexts } from './ruleset';
import { isSegment, mostCharacters, mostResults } from '../messages';
import { at, resolved } from './resolved';

type Importing = (file: string) => Promise<unknown>;

/** What a document is in both forms; the second is made when somebody asks for it. */
interface Shown {
  readonly unresolved: unknown;
  readonly resolved: () => unknown;
  readonly formats: ReadonlySet<unknown>;
}

const nothing: Shown = { unresolved: {}, resolved: () => ({}), formats: new Set() };
/** What an error may say: a line or two. */
const mostWords = 300;

export class Desk {
  readonly #import: Importing;
  readonly #stepped: () => void;
  /** By module, then by name; a module that is a function has it under no name. */
  readonly #functions = new Map<string, ReadonlyMap<string | undefined, Called>>();
  #shown: Shown = nothing;

  /** `stepped` is told of each call that is done. */
  constructor(importing: Importing, stepped: () => void) {
    this.#import = importing;
    this.#stepped = stepped;
  }

  async answer(question: Question): Promise<Answer | Answers> {
    if (question.do !== 'calls') return this.#safely(() => this.#answer(question));
    const answers: Answer[] = [];
    for (const call of question.calls) {
      answers.push(await this.#safely(() => this.#call(call)));
      this.#stepped();
    }
    return { kind: 'answers', answers };
  }

  async #answer(question: Exclude<Question, { readonly do: 'calls' }>): Promise<Answer> {
    if (question.do === 'load') return this.#load(question.file, question.as);
    this.#shown = shown(question);
    return done([]);
  }

  async #safely(work: () => Promise<Answer>): Promise<Answer> {
    try {
      return await work();
    } catch (error) {
      return { kind: 'fault', why: `it threw “${wordsOf(error)}”` };
    }
  }

  async #load(file: string, as: Loading): Promise<Answer> {
    let loaded: unknown;
    try {
      loaded = await this.#import(file);
    } catch (error) {
      return { kind: 'fault', why: `its file does not load (${wordsOf(error)})` };
    }
    if (as === 'ruleset') return this.#take(file, loaded);
    const found = functionOf(loaded);
    if (found === undefined)
      return { kind: 'fault', why: 'its file exports no function, as in `export default (value) => …`' };
    this.#functions.set(file, new Map([[undefined, found]]));
    return done([]);
  }

  #take(file: string, loaded: unknown): Answer {
    try {
      const { texts, functions } = rulesetTexts(defaultOf(loaded));
      this.#functions.set(file, functions);
      return { kind: 'ruleset', texts, functions: [...functions.keys()] };
    } catch (error) {
      return { kind: 'fault', why: wordsOf(error) };
    }
  }

  async #call(call: Call): Promise<Answer> {
    const called = this.#functions.get(call.file)?.get(call.name);
    if (called === undefined) return { kind: 'fault', why: 'its file was not loaded' };
    const { unresolved, resolved: asResolved, formats } = this.#shown;
    const { path, isResolved, options, rule, target } = call;
    const document = { data: unresolved, source: null, formats };
    const context = {
      path: [...path],
      document,
      documentInventory: {
        document,
        unresolved,
        source: null,
        get resolved(): unknown {
          return asResolved();
        },
      },
      rule,
    };
    const value = target === undefined ? at(isResolved ? asResolved() : unresolved, path) : target.value;
    return answerOf(await called(value, options, context));
  }
}

function shown(document: PlainDocument & { readonly formats: readonly string[] }): Shown {
  const { data: unresolved, formats } = document;
  let made: { readonly value: unknown } | undefined;
  return {
    unresolved,
    resolved: () => (made ??= { value: resolved(document) }).value,
    formats: formatsOf(formats),
  };
}

const done = (results: readonly CodeResult[], left = 0): Answer => ({ kind: 'done', results, left });

/** A rule set: the default, which CommonJS and compilers put inside another. */
function defaultOf(loaded: unknown): unknown {
  let found = loaded;
  for (let depth = 0; depth < 3 && isObject(found) && found['default'] !== undefined; depth += 1)
    found = found['default'];
  return found;
}

/** What a module is entered by: its default, as well. */
function functionOf(loaded: unknown): Called | undefined {
  let found = loaded;
  for (let depth = 0; depth < 3; depth += 1) {
    if (isCalled(found)) return found;
    if (!isObject(found)) return undefined;
    found = found['default'];
  }
  return isCalled(found) ? found : undefined;
}

/** Reads what a function gave: nothing, or a list of findings. */
function answerOf(given: unknown): Answer {
  if (given === undefined || given === null) return done([]);
  if (!Array.isArray(given)) return { kind: 'fault', why: `it gave ${kindOf(given)} where a list is due` };
  const results: CodeResult[] = [];
  for (const one of given.slice(0, mostResults)) {
    if (one === undefined || one === null) continue;
    const result = resultOf(one);
    if (typeof result === 'string') return { kind: 'fault', why: result };
    results.push(result);
  }
  return done(results, Math.max(0, given.length - mostResults));
}

/** A finding, or what is wrong with it. */
function resultOf(one: unknown): CodeResult | string {
  if (!isObject(one)) return `it gave a list with ${kindOf(one)} in it, where \`{ message, path? }\` is due`;
  const { message, path } = one;
  if (!isString(message)) return 'it gave a finding whose `message` is no text';
  if (path === undefined || path === null) return { message: cut(message, mostCharacters) };
  if (!Array.isArray(path)) return 'it gave a finding whose `path` is no list of keys';
  // Rule sets put more behind the keys than keys: what stands before it is the place.
  const end = path.findIndex((key) => !isSegment(key));
  return { message: cut(message, mostCharacters), path: end < 0 ? [...path] : path.slice(0, end) };
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  return isObject(value) ? 'an object' : typeof value === 'function' ? 'a function' : `a ${typeof value}`;
}

const cut = (text: string, most: number): string =>
  text.length > most ? `${text.slice(0, most - 1)}…` : text;

/** What was thrown, in one line. */
function wordsOf(error: unknown): string {
  let words: string;
  try {
    words = messageOf(error);
  } catch {
    // A thrown object may itself throw when it is asked for words.
    words = 'something that can’t be shown';
  }
  return cut(words.split('\n')[0]?.trim().replace(/\.$/, '') ?? '', mostWords);
}
