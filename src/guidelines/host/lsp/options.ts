import { isObject, stringAt, stringMap } from '../../../base/json';
import { presetOf } from '../../config/preset-layer';
import type { Level } from '../../engine';
import type { Preset } from '../../rule';
import { severities } from '../../rule';

const levels: readonly Level[] = [...severities, 'off'];

/** What the settings say: the default where there is no file, and severities that go over everything. */
export interface GuidelineSettings {
  readonly preset: Preset;
  readonly severities: Readonly<Record<string, Level>>;
  /** `merge-base`, a reference of git, or `off`. */
  readonly breakingBase: string;
  /** Whether functions of rule sets are run, where nothing else forbids it. */
  readonly runsFunctions: boolean;
  /** Whether it is shown above components how often they are referred to. */
  readonly codeLens: boolean;
}

export const usualSettings: GuidelineSettings = {
  preset: 'recommended',
  severities: {},
  breakingBase: 'merge-base',
  runsFunctions: false,
  codeLens: true,
};

/** Reads the settings `servicewright.guidelines`; what is not a level or a preset is left out. */
export function readSettings(settings: unknown): GuidelineSettings | 'off' {
  if (!isObject(settings)) return usualSettings;
  if (settings['enable'] === false) return 'off';
  const said = Object.entries(stringMap(settings['rules'])).flatMap(([id, value]) => {
    const level = levels.find((one) => one === value);
    return level === undefined ? [] : [[id, level] as const];
  });
  const preset = presetOf(stringAt(settings, 'preset') ?? '') ?? usualSettings.preset;
  const breakingBase = stringAt(settings, 'breakingBase')?.trim() || usualSettings.breakingBase;
  const runsFunctions = settings['runFunctions'] === true;
  const codeLens = settings['codeLens'] !== false;
  return { preset, severities: Object.fromEntries(said), breakingBase, runsFunctions, codeLens };
}

/** The part of all settings under a dotted name. */
export function sectionOf(settings: unknown, name: string): unknown {
  return name.split('.').reduce((at, key) => (isObject(at) ? at[key] : undefined), settings);
}
