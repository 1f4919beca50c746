/** Rules of peers in terms of ours. */
import { ownRules } from '../config/known';
import type { FileMatch, Place, Statement } from '../config/layer';
import type { Level } from '../engine';
import type { PeerRule } from './rules';

export type PeerTable = Readonly<Record<string, PeerRule>>;

export function peerRule(table: PeerTable, id: string): PeerRule | undefined {
  return Object.hasOwn(table, id) ? table[id] : undefined;
}

/** Those of ours that say what a rule of a peer says. */
export function oursOf(table: PeerTable, id: string): readonly string[] {
  return peerRule(table, id)?.ours.filter((one) => ownRules.has(one)) ?? [];
}

export interface Saying {
  readonly at?: Place | undefined;
  readonly files?: FileMatch | undefined;
}

/** A level for each of our rules that a rule of a peer stands for. */
export function statementsFor(
  ours: readonly string[],
  level: Level | 'on',
  { at, files }: Saying = {},
): readonly Statement[] {
  return ours.map((rule) => ({
    rule,
    level,
    options: undefined,
    at,
    ...(files === undefined ? {} : { files }),
  }));
}

/** What to say of a rule of a peer that none of ours stands for. */
export function whyNot(table: PeerTable, id: string, peer: string): string {
  const why = peerRule(table, id)?.why;
  return why === undefined
    ? `\`${id}\` of ${peer} has no counterpart here, so it is not checked.`
    : `\`${id}\` of ${peer} is not checked. ${why}`;
}
