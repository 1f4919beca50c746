import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { allRules } from '../../../src/guidelines';
import type { PeerRule } from '../../../src/guidelines/peers/rules';
import { readers, redoclyRules, spectralRules } from '../../../src/guidelines/peers/rules';
import type { Preset } from '../../../src/guidelines/rule';

const rules = new Map(allRules.map((rule) => [rule.id, rule]));

function presetsOf(id: string): readonly Preset[] {
  const rule = rules.get(id);
  assert.ok(rule !== undefined, id);
  return rule.presets;
}

const peers: readonly (readonly [keyof typeof readers, Readonly<Record<string, PeerRule>>, number])[] = [
  ['spectral-oas', spectralRules, 57],
  ['redocly-recommended', redoclyRules, 80],
];

for (const [preset, table, least] of peers)
  describe(`the preset ${preset}`, () => {
    test('each rule of the peer is one of ours, or it is said why not', () => {
      assert.ok(Object.keys(table).length >= least);
      for (const [id, { ours, why }] of Object.entries(table))
        assert.ok(ours.length > 0 ? ours.every((one) => rules.has(one)) : (why ?? '').endsWith('.'), id);
    });

    test('what the peer recommends is in it', () => {
      for (const [id, { ours, isRecommended }] of Object.entries(table))
        if (isRecommended)
          assert.ok(
            ours.some((one) => presetsOf(one).includes(preset)),
            id,
          );
    });

    test('what the peer leaves out, or does not have, is not in it', () => {
      const said = new Set(
        Object.values(table)
          .filter(({ isRecommended }) => isRecommended)
          .flatMap(({ ours }) => ours),
      );
      const more = allRules.filter((rule) => rule.presets.includes(preset) && !said.has(rule.id));
      assert.deepEqual(
        more.map((rule) => rule.id),
        readers[preset],
      );
    });
  });
