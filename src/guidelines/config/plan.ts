/** What a configuration comes to for one file: the rules to run, with their severities and options. */
import type { JsonObject } from '../../base/json';
import { isObject } from '../../base/json';
import { dirname } from '../../base/paths';
import type { CodeAccess } from '../code/functions';
import type { SpecVersion } from '../detect';
import type { CheckOptions, Level, Note } from '../engine';
import type { Rule, Severity } from '../rule';
import { severities } from '../rule';
import type { WebAccess } from '../web/access';
import type { Loaded } from './find';
import { alwaysOn, ownRules } from './known';
import type { Regrade, Statement } from './layer';
import { relativeTo } from './match';
import type { ConfigProblem } from './text';

interface Setting {
  rule: Rule;
  level: Level;
  /** What each rule of a peer says of it. */
  readonly said: Map<string, Level>;
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

  /** How a file is checked; the same object for files that are checked alike. What holds for some versions alone needs the version. */
  optionsFor(path: string, version?: SpecVersion): CheckOptions {
    const { statements, ignores, regrades } = this.loaded;
    const files = [...statements, ...ignores, ...regrades]
      .map((one) => (one.files === undefined ? '' : one.files(path) ? '1' : '0'))
      .join('');
    const key = version === undefined || !this.#hasVersions ? files : `${files} ${version}`;
    const place = this.loaded.problems.length === 0 && typeof this.#code === 'string' ? '' : dirname(path);
    const known = this.#known.get(place + key);
    if (known !== undefined) return known;
    const made = this.#make(path, version);
    this.#known.set(place + key, made);
    return made;
  }

  /** The rules that are on for a file, with severity and options, for people. */
  print(path: string): JsonObject {
    const all = this.optionsFor(path);
    const { byVersion } = all;
    const rules = printed(all);
    const { web, found } = this.loaded;
    const urls = web.entries.map(({ protocol, host, path: below }) => `${protocol}//${host}${below}`);
    return {
      files: found,
      rules,
      ...(byVersion === undefined
        ? {}
        : {
            versions: Object.fromEntries(
              versions.map((one) => [one, changes(rules, printed(byVersion(one)))]),
            ),
          }),
      ...(urls.length === 0 ? {} : { refs: { urls } }),
    };
  }

  /** What references may follow to the web. */
  get web(): WebAccess {
    const { web } = this.loaded;
    return web.entries.length === 0 ? 'off' : web;
  }

  get #hasVersions(): boolean {
    return this.loaded.statements.some(({ versions }) => versions !== undefined);
  }

  #make(path: string, version: SpecVersion | undefined): CheckOptions {
    const code = this.#code;
    const all = this.#settings(path, version);
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
      ...(this.#hasVersions && version === undefined
        ? { byVersion: (one: SpecVersion) => this.optionsFor(path, one) }
        : {}),
    };
  }

  #settings(path: string, version: SpecVersion | undefined): ReadonlyMap<string, Setting> {
    const settings = new Map<string, Setting>();
    for (const rule of this.#rules.values()) {
      const level = alwaysOn.has(rule.id) ? rule.severity : 'off';
      settings.set(rule.id, { rule, level, options: {}, said: new Map() });
    }
    for (const statement of this.loaded.statements)
      if (statement.files?.(path) !== false && isFor(statement, version))
        apply(statement, settings.get(statement.rule));
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

const versions: readonly SpecVersion[] = ['2.0', '3.0', '3.1', '3.2'];

/** The rules with their severities, and with their options where these are said. */
function printed({ rules = [], severities: levels = {}, options = {} }: CheckOptions): JsonObject {
  const said = rules.map((rule) => {
    const own = options[rule.id];
    const severity = levels[rule.id] ?? rule.severity;
    const isPlain = !isObject(own) || Object.keys(own).length === 0;
    return [rule.id, isPlain ? severity : { severity, ...own }] as const;
  });
  return Object.fromEntries(said);
}

/** What is said otherwise in one than in all; `off` for what is only in all. */
function changes(all: JsonObject, one: JsonObject): JsonObject {
  const ids = Object.keys({ ...all, ...one });
  const other = ids.filter((id) => JSON.stringify(all[id]) !== JSON.stringify(one[id]));
  return Object.fromEntries(other.map((id) => [id, one[id] ?? 'off']));
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

function isFor({ versions }: Statement, version: SpecVersion | undefined): boolean {
  return versions === undefined || (version !== undefined && versions.has(version));
}

function apply(statement: Statement, setting: Setting | undefined): void {
  if (setting === undefined) return;
  const { level, options, usual, declares, by } = statement;
  if (declares !== undefined) setting.rule = declares;
  if (by !== undefined && level !== undefined && level !== 'on') {
    setting.said.set(by, level);
    setting.level = gravest([...setting.said.values()]);
  } else if (level === 'on') setting.level = setting.level === 'off' ? setting.rule.severity : setting.level;
  else if (level !== undefined) setting.level = level;
  if (usual !== undefined) setting.options = { ...usual, ...setting.options };
  if (isObject(options)) setting.options = { ...setting.options, ...options };
}

function gravest(all: readonly Level[]): Level {
  return severities.find((one) => all.includes(one)) ?? 'off';
}
