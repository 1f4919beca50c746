/** What a configuration comes to for one file: the rules to run, with their severities and options. */
import type { JsonObject } from '../../base/json';
import { isObject } from '../../base/json';
import { dirname } from '../../base/paths';
import type { CodeAccess } from '../code/functions';
import type { CheckOptions, Level, Note } from '../engine';
import type { Rule, Severity } from '../rule';
import type { WebAccess } from '../web/access';
import type { Loaded } from './find';
import { alwaysOn, ownRules } from './known';
import type { Regrade, Statement } from './layer';
import { relativeTo } from './match';
import type { ConfigProblem } from './text';

interface Setting {
  readonly rule: Rule;
  level: Level;
  options: JsonObject;
}

const mostNotes = 20;

export class Plan {
  readonly loaded: Loaded;
  readonly #rules: ReadonlyMap<string, Rule>;
  /** Severities that the user's own settings say, over everything. */
  readonly #last: Readonly<Record<string, Level>>;
  readonly #code: CodeAccess;
  readonly #known = new Map<string, CheckOptions>();

  constructor(loaded: Loaded, last: Readonly<Record<string, Level>> = {}, code: CodeAccess = 'off') {
    this.loaded = loaded;
    this.#code = code;
    this.#last = last;
    this.#rules = new Map([...ownRules, ...loaded.custom.map((rule) => [rule.id, rule] as const)]);
  }

  /** How a file is checked; the same object for files that are checked alike. */
  optionsFor(path: string): CheckOptions {
    const { statements, ignores, regrades } = this.loaded;
    const key = [...statements, ...ignores, ...regrades]
      .map(({ files }) => (files === undefined ? '' : files(path) ? '1' : '0'))
      .join('');
    const place = this.loaded.problems.length === 0 && typeof this.#code === 'string' ? '' : dirname(path);
    const known = this.#known.get(place + key);
    if (known !== undefined) return known;
    const made = this.#make(path);
    this.#known.set(place + key, made);
    return made;
  }

  /** The rules that are on for a file, with severity and options, for people. */
  print(path: string): JsonObject {
    const { rules = [], severities = {}, options = {} } = this.optionsFor(path);
    const said = rules.map((rule) => {
      const own = options[rule.id];
      const severity = severities[rule.id] ?? rule.severity;
      const isPlain = !isObject(own) || Object.keys(own).length === 0;
      return [rule.id, isPlain ? severity : { severity, ...own }] as const;
    });
    const { web, found } = this.loaded;
    const urls = web.entries.map(({ protocol, host, path: below }) => `${protocol}//${host}${below}`);
    return {
      files: found,
      rules: Object.fromEntries(said),
      ...(urls.length === 0 ? {} : { refs: { urls } }),
    };
  }

  /** What references may follow to the web. */
  get web(): WebAccess {
    const { web } = this.loaded;
    return web.entries.length === 0 ? 'off' : web;
  }

  #make(path: string): CheckOptions {
    const code = this.#code;
    const all = this.#settings(path);
    const regrades = regradesOf(
      this.loaded.regrades.filter(({ files }) => files(path)),
      all,
    );
    const settings = [...all.values()].filter(({ level }) => level !== 'off');
    return {
      rules: settings.map(({ rule }) => rule),
      severities: Object.fromEntries(settings.map(({ rule, level }) => [rule.id, level])),
      options: Object.fromEntries(settings.map(({ rule, options }) => [rule.id, options])),
      ignores: this.loaded.ignores.filter(({ files }) => files(path)),
      regrades,
      notes: notesOf(path, this.loaded.problems),
      ...(typeof code === 'string' ? {} : { late: (spec) => notesOf(path, code.faultsOf(spec)) }),
      custom: this.loaded.custom,
    };
  }

  #settings(path: string): ReadonlyMap<string, Setting> {
    const settings = new Map<string, Setting>();
    for (const rule of this.#rules.values()) {
      const level = alwaysOn.has(rule.id) ? rule.severity : 'off';
      settings.set(rule.id, { rule, level, options: {} });
    }
    for (const statement of this.loaded.statements)
      if (statement.files?.(path) !== false) apply(statement, settings.get(statement.rule));
    for (const [id, level] of Object.entries(this.#last)) {
      const setting = settings.get(id);
      if (setting !== undefined) setting.level = level;
    }
    return settings;
  }
}

/** A rule that is off but for some places has to run, and is off everywhere else. */
function regradesOf(
  regrades: readonly Regrade[],
  settings: ReadonlyMap<string, Setting>,
): readonly Regrade[] {
  const elsewhere = regrades.flatMap((one): readonly Regrade[] => {
    const setting = settings.get(one.rule);
    if (setting?.level !== 'off' || one.level === 'off') return [];
    setting.level = one.level;
    return [{ ...one, pointer: '', level: 'off' }];
  });
  return [...elsewhere, ...regrades];
}

/** Problems of the configuration, as they are told of in a description. */
function notesOf(path: string, problems: readonly ConfigProblem[]): readonly Note[] {
  const notes = problems.map(({ file, range, severity, message }): Note => {
    const place = `${relativeTo(dirname(path), file)}:${range.start.line + 1}`;
    const id = `${file}:${range.start.line}:${range.start.character}: ${message}`;
    return { id, severity: noteSeverity[severity], message: `${place}: ${message}` };
  });
  if (notes.length <= mostNotes) return notes;
  const more = `The configuration has ${notes.length - mostNotes} more problems; open its files to see them.`;
  return [...notes.slice(0, mostNotes), { id: more, severity: 'info', message: more }];
}

const noteSeverity: Readonly<Record<'error' | 'warning' | 'info', Severity>> = {
  error: 'error',
  warning: 'warning',
  info: 'info',
};

function apply({ level, options }: Statement, setting: Setting | undefined): void {
  if (setting === undefined) return;
  if (level === 'on') setting.level = setting.level === 'off' ? setting.rule.severity : setting.level;
  else if (level !== undefined) setting.level = level;
  if (isObject(options)) setting.options = { ...setting.options, ...options };
}
