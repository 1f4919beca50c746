import type { JsonObject } from '../../base/json';
import type { Preset, Rule } from '../rule';
import { presets } from '../rule';
import { allRules } from '../rules/index.gen';
import type { Layer, Statement } from './layer';
import { noLayer } from './layer';

/** What a preset says: its rules, each with the severity that it has by itself. */
export function presetLayer(preset: Preset): Layer {
  const statements = allRules
    .filter((rule) => rule.presets.includes(preset))
    .map((rule): Statement => ({
      rule: rule.id,
      level: rule.severity,
      options: optionsIn(rule, preset),
      at: undefined,
    }));
  return { ...noLayer, statements };
}

/** What `recommended` leaves out, another preset that comes after it asks for again. */
function optionsIn({ inRecommended, options = [] }: Rule, preset: Preset): JsonObject | undefined {
  if (inRecommended === undefined || preset === 'recommended') return inRecommended;
  const changed = options.filter((one) => Object.hasOwn(inRecommended, one.name));
  return Object.fromEntries(changed.map((one) => [one.name, one.default]));
}

/** What breaks callers: no peer says anything of that, so it is told of beside whatever a peer's configuration holds. */
export function breakingLayer(): Layer {
  const { statements } = presetLayer('recommended');
  const compared = new Set(allRules.filter(({ before }) => before !== undefined).map(({ id }) => id));
  return { ...noLayer, statements: statements.filter(({ rule }) => compared.has(rule)) };
}

export function presetOf(name: string): Preset | undefined {
  return presets.find((one) => one === name);
}
