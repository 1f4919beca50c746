import type { Preset } from '../rule';
import { presets } from '../rule';
import { allRules } from '../rules/index.gen';
import type { Layer, Statement } from './layer';
import { noLayer } from './layer';

/** What a preset says: its rules, each with the severity that it has by itself. */
export function presetLayer(preset: Preset): Layer {
  const statements = allRules
    .filter((rule) => rule.presets.includes(preset))
    .map((rule): Statement => ({ rule: rule.id, level: rule.severity, options: undefined, at: undefined }));
  return { ...noLayer, statements };
}

export function presetOf(name: string): Preset | undefined {
  return presets.find((one) => one === name);
}
