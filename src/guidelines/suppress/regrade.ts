/** Severities that hold at a place of a description alone. */
import type { Regrade } from '../config/layer';
import type { Level } from '../engine';
import { formatPointer } from '../pointer';
import type { Told } from '../told';

export class Regrading {
  readonly #byRule = new Map<string, Regrade[]>();

  constructor(regrades: readonly Regrade[]) {
    for (const one of regrades) this.#byRule.set(one.rule, [...(this.#byRule.get(one.rule) ?? []), one]);
  }

  get isEmpty(): boolean {
    return this.#byRule.size === 0;
  }

  /** The findings with the severities that hold where they are; those that are off there are left out. */
  apply(told: readonly Told[]): readonly Told[] {
    if (this.isEmpty) return told;
    return told.flatMap((one) => {
      const level = this.#levelAt(one);
      return level === 'off' ? [] : [level === one.severity ? one : { ...one, severity: level }];
    });
  }

  /** Of the places that one stands in, the nearest counts; of two orders for one place, the later. */
  #levelAt({ rule, at, severity }: Told): Level {
    const regrades = this.#byRule.get(rule);
    if (regrades === undefined) return severity;
    const pointer = at === undefined ? '' : formatPointer(at.path.map(String));
    let nearest: Regrade | undefined;
    for (const one of regrades) {
      const isIn = one.pointer === '' || pointer === one.pointer || pointer.startsWith(`${one.pointer}/`);
      if (isIn && one.pointer.length >= (nearest?.pointer.length ?? 0)) nearest = one;
    }
    return nearest?.level ?? severity;
  }
}
