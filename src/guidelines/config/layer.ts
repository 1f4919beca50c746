/** What configuration files say, one after the other: later wins. */
import type { JsonObject } from '../../base/json';
import type { Range } from '../../base/text';
import type { SpecVersion } from '../detect';
import type { Level } from '../engine';
import type { Rule } from '../rule';
import type { WebList } from '../web/access';
import { noWeb } from '../web/access';
import type { ConfigProblem } from './text';

/** Where something is said. */
export interface Place {
  readonly file: string;
  readonly range: Range;
}

/** Whether a file, given by its absolute path, is meant. */
export type FileMatch = (path: string) => boolean;

/** One rule is given a severity, or options, or both. */
export interface Statement {
  readonly rule: string;
  /** `on` is the severity that the rule has by itself; undefined leaves it as it is. */
  readonly level: Level | 'on' | undefined;
  /** Added to the options that were said before. */
  readonly options: unknown;
  /** Options that hold where none were said. */
  readonly usual?: JsonObject | undefined;
  /** The rule itself, where it is declared here: one of its name from elsewhere no longer counts. */
  readonly declares?: Rule;
  /** The rule of a peer that this is said by. Where several say the same of one of ours, the gravest counts. */
  readonly by?: string;
  /** In which versions of the format; all when not given. */
  readonly versions?: ReadonlySet<SpecVersion>;
  /** For which files; all when not given. */
  readonly files?: FileMatch;
  /** Undefined for what a preset says. */
  readonly at: Place | undefined;
}

/** Findings that a team has decided to live with. */
export interface Ignore {
  readonly rule: string;
  readonly files: FileMatch;
  /** Whether `files` can mean one file only, so that it is known when nothing is left to ignore. */
  readonly isOneFile: boolean;
  /** JSON pointer of the place; undefined for the whole file. */
  readonly pointer: string | undefined;
  /** Set where another tool named the place: what is missing it names where it would be; and, with `part`, a part of what it names counts. */
  readonly near?: 'missing' | 'part';
  readonly reason: string;
  readonly at: Place;
}

/** Another severity for a rule at a place of a description, and below it. */
export interface Regrade {
  readonly rule: string;
  readonly files: FileMatch;
  /** JSON pointer. */
  readonly pointer: string;
  readonly level: Level;
}

/** What a file says, with all that it extends. */
export interface Layer {
  readonly statements: readonly Statement[];
  /** Rules that teams declare themselves. */
  readonly custom: readonly Rule[];
  readonly ignores: readonly Ignore[];
  readonly regrades: readonly Regrade[];
  readonly problems: readonly ConfigProblem[];
  /** Where references may lead on the web. */
  readonly web: WebList;
}

export const noLayer: Layer = {
  statements: [],
  custom: [],
  ignores: [],
  regrades: [],
  problems: [],
  web: noWeb,
};

export function joined(layers: readonly Layer[]): Layer {
  return {
    statements: layers.flatMap((one) => one.statements),
    custom: layers.flatMap((one) => one.custom),
    ignores: layers.flatMap((one) => one.ignores),
    regrades: layers.flatMap((one) => one.regrades),
    problems: layers.flatMap((one) => one.problems),
    web: {
      entries: layers.flatMap(({ web }) => web.entries),
      privateHosts: layers.flatMap(({ web }) => web.privateHosts),
    },
  };
}
