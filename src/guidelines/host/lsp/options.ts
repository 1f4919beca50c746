import { isObject, stringMap } from '../../../base/json';
import type { CheckOptions, Level } from '../../engine';
import { severities } from '../../rule';

const levels: readonly Level[] = [...severities, 'off'];

/** Reads the settings `servicewright.guidelines`; what is not a level is left out. */
export function readOptions(settings: unknown): CheckOptions | 'off' {
  if (!isObject(settings)) return {};
  if (settings['enable'] === false) return 'off';
  const said = Object.entries(stringMap(settings['rules'])).flatMap(([id, value]) => {
    const level = levels.find((one) => one === value);
    return level === undefined ? [] : [[id, level] as const];
  });
  return { severities: Object.fromEntries(said) };
}

/** The part of all settings under a dotted name. */
export function sectionOf(settings: unknown, name: string): unknown {
  return name.split('.').reduce((at, key) => (isObject(at) ? at[key] : undefined), settings);
}
