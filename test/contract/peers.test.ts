/**
 * Our findings beside those of three peers on real descriptions, rule by rule and place by place. What the peers said is recorded in
 * `test/data/peers/findings.json.gz`: by file, peer and rule the paths, joined with slashes. `SERVICEWRIGHT_PEER_FINDINGS` names another
 * record, made by `node test/run.mjs bench peer-findings`, and `SERVICEWRIGHT_PEER_SPECS` the folder that its files are in.
 */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { allRules, checkSpec } from '../../src/guidelines';
import { likeIbm } from '../data/peers/ibm-rules';
import type { Peer, Said } from '../helpers/peer-compare';
import { compareRules } from '../helpers/peer-compare';

type Recorded = Readonly<Record<string, Partial<Record<Peer, Said>>>>;

const folder = join(process.env['SERVICEWRIGHT_CORPUS'] ?? '../shared/corpus', 'specs');
const skip = existsSync(folder) ? false : `there is no ${folder}`;

function recorded(path: string): Recorded {
  const bytes = readFileSync(path);
  return JSON.parse((path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')) as Recorded;
}

function compareAll(all: Recorded, root: string, least: number): void {
  let [agreed, open] = [0, 0];
  for (const [file, byPeer] of Object.entries(all))
    test(`${file}: what differs is explained`, () => {
      const text = readFileSync(join(root, file), 'utf8');
      const usual = checkSpec(text, { rules: allRules });
      for (const peer of ['spectral', 'redocly', 'ibm'] as const) {
        const said = byPeer[peer];
        if (said === undefined) continue;
        const ours = peer === 'ibm' ? checkSpec(text, { rules: allRules, options: likeIbm }) : usual;
        const compared = compareRules({ file, text, peer, said, ours });
        agreed += compared.reduce((sum, one) => sum + one.agreed, 0);
        const left = compared.flatMap((one) => one.open);
        open += left.length;
        assert.deepEqual(left, []);
      }
    });

  test('they agree on nearly all else', () => {
    assert.ok(agreed > least, String(agreed));
    assert.ok(agreed / (agreed + open) >= 0.99, `${agreed} of ${agreed + open}`);
  });
}

describe('findings of peers on real descriptions', { skip }, () => {
  compareAll(recorded('test/data/peers/findings.json.gz'), folder, 5000);
});

const others = process.env['SERVICEWRIGHT_PEER_FINDINGS'];
describe('findings of peers on other descriptions', { skip: others === undefined }, () => {
  if (others !== undefined) compareAll(recorded(others), process.env['SERVICEWRIGHT_PEER_SPECS'] ?? '.', 0);
});
