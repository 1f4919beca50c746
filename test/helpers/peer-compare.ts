/** Compares our findings with a peer's, by rule and place; what differs on purpose is explained in `test/data/peers`. */
import type { Finding } from '../../src/guidelines';
import type { PeerRule } from '../../src/guidelines/peers/rules';
import { redoclyRules, spectralRules } from '../../src/guidelines/peers/rules';
import type { Difference } from '../data/peers/differences';
import { differences } from '../data/peers/differences';
import { furtherRedocly } from '../data/peers/further-redocly';
import { furtherSpectral } from '../data/peers/further-spectral';
import { ibmDifferences } from '../data/peers/ibm';
import { ibmRules } from '../data/peers/ibm-rules';

export type Peer = Difference['peer'];

/** What a peer said of one description: by rule the paths, joined with slashes. */
export type Said = Readonly<Record<string, readonly string[]>>;

const tables: Readonly<Record<Peer, Readonly<Record<string, PeerRule>>>> = {
  spectral: spectralRules,
  redocly: redoclyRules,
  ibm: ibmRules,
};

/**
 * Peers that check an example tell one thing of it, or all; what counts is that both have something against it. What lacks a
 * description is told at its name, or at the description that is not there.
 */
const exampleOf = (path: string): string =>
  path
    .replace(/\/(?:name|description)$/, '')
    .replace(
      /\/(examples\/[^/]+\/value|examples\/[^/]+\/\$ref|example|default|examples\/\d+)(?:\/.*)?$/,
      '/$1',
    );

/** Whether two paths name one place: peers tell a missing field at the field, or at what would hold it. */
function isSame(one: string, other: string): boolean {
  const [a, b] = [exampleOf(one), exampleOf(other)];
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  if (short === long) return true;
  const rest = short === '' ? long : long.startsWith(`${short}/`) ? long.slice(short.length + 1) : undefined;
  return rest !== undefined && rest.split('/').length <= 2;
}

interface Outcome {
  readonly agreed: number;
  readonly theirs: readonly string[];
  readonly ours: readonly string[];
}

function compare(theirs: readonly string[], ours: readonly string[]): Outcome {
  const known = new Set(ours.map(exampleOf));
  const isMet = (path: string, all: readonly string[], quick: ReadonlySet<string>): boolean =>
    quick.has(exampleOf(path)) || all.some((one) => isSame(one, path));
  const said = new Set(theirs.map(exampleOf));
  const left = theirs.filter((path) => !isMet(path, ours, known));
  return {
    agreed: theirs.length - left.length,
    theirs: left,
    ours: ours.filter((path) => !isMet(path, theirs, said)),
  };
}

function isExplained(peer: Peer, rule: string, only: 'theirs' | 'ours', place: string): boolean {
  return [...differences, ...furtherRedocly, ...furtherSpectral, ...ibmDifferences].some(
    (one) =>
      one.peer === peer &&
      one.rule === rule &&
      one.only === only &&
      (one.at === undefined || one.at.test(place)),
  );
}

/** A rule for another version says nothing of this file. */
function isFor(rule: string, text: string): boolean {
  const isOld = /["']?swagger["']?\s*:/.test(text.slice(0, 2000));
  return !(rule.startsWith('oas2-') ? !isOld : rule.startsWith('oas3') && isOld);
}

/** One rule of a peer on one description. */
export interface Compared {
  readonly rule: string;
  readonly agreed: number;
  /** What only one of the two says, and nothing explains. */
  readonly open: readonly string[];
  /** What only one of the two says, with a reason. */
  readonly explained: number;
}

/** A description with what a peer and what we say of it. */
export interface Both {
  readonly file: string;
  readonly text: string;
  readonly peer: Peer;
  readonly said: Said;
  readonly ours: readonly Finding[];
}

/** Each rule of the peer that is one of ours, too. */
export function compareRules({ file, text, peer, said, ours }: Both): readonly Compared[] {
  return Object.entries(tables[peer]).flatMap(([rule, { ours: names }]) => {
    if (names.length === 0 || !isFor(rule, text)) return [];
    const mine = ours.filter((one) => names.includes(one.rule)).map((one) => one.path.join('/'));
    const outcome = compare(said[rule] ?? [], mine);
    const open = (['theirs', 'ours'] as const).flatMap((only) =>
      outcome[only]
        .filter((path) => !isExplained(peer, rule, only, `${file} ${path}`))
        .map((path) => `${peer} ${rule}, only ${only}: ${path}`),
    );
    const explained = outcome.theirs.length + outcome.ours.length - open.length;
    return [{ rule, agreed: outcome.agreed, open, explained }];
  });
}
