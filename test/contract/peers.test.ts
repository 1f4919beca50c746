/**
 * Our findings beside those of two peers on real descriptions, rule by rule and place by place. What the peers said is recorded in
 * `test/data/peers/findings.json.gz`: by file, peer and rule the paths, joined with slashes.
 */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { allRules, checkSpec } from '../../src/guidelines';
import type { PeerRule } from '../../src/guidelines/peers/rules';
import { redoclyRules, spectralRules } from '../../src/guidelines/peers/rules';
import type { Difference } from '../data/peers/differences';
import { differences } from '../data/peers/differences';

type Peer = Difference['peer'];
type Recorded = Readonly<Record<string, Partial<Record<Peer, Readonly<Record<string, readonly string[]>>>>>>;

const folder = join(process.env['SERVICEWRIGHT_CORPUS'] ?? '../shared/corpus', 'specs');
const skip = existsSync(folder) ? false : `there is no ${folder}`;
const recorded = JSON.parse(
  gunzipSync(readFileSync('test/data/peers/findings.json.gz')).toString('utf8'),
) as Recorded;
const tables: Readonly<Record<Peer, Readonly<Record<string, PeerRule>>>> = {
  spectral: spectralRules,
  redocly: redoclyRules,
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
  return differences.some(
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

describe('findings of peers on real descriptions', { skip }, () => {
  let [agreed, all] = [0, 0];
  for (const [file, byPeer] of Object.entries(recorded))
    test(`${file}: what differs is explained`, () => {
      const text = readFileSync(join(folder, file), 'utf8');
      const ours = checkSpec(text, { rules: allRules });
      for (const peer of ['spectral', 'redocly'] as const) {
        const said = byPeer[peer];
        if (said === undefined) continue;
        for (const [rule, { ours: names }] of Object.entries(tables[peer])) {
          if (names.length === 0 || !isFor(rule, text)) continue;
          const mine = ours.filter((one) => names.includes(one.rule)).map((one) => one.path.join('/'));
          const outcome = compare(said[rule] ?? [], mine);
          const open = (['theirs', 'ours'] as const).flatMap((only) =>
            outcome[only]
              .filter((path) => !isExplained(peer, rule, only, `${file} ${path}`))
              .map((path) => `${peer} ${rule}, only ${only}: ${path}`),
          );
          agreed += outcome.agreed;
          all += outcome.agreed + open.length;
          assert.deepEqual(open, []);
        }
      }
    });

  test('they agree on nearly all else', () => {
    assert.ok(agreed > 5000, String(agreed));
    assert.ok(agreed / all >= 0.99, `${agreed} of ${all}`);
  });
});
