/** What each rule cost, for `lint --timings`. */

const share = 0.15;
const enough = 50;
const shown = 20;

export class Timings {
  readonly now = (): number => performance.now();
  readonly #costs = new Map<string, number>();

  add(costs: ReadonlyMap<string, number>): void {
    for (const [rule, cost] of costs) this.#costs.set(rule, (this.#costs.get(rule) ?? 0) + cost);
  }

  /** The dearest rules, and by name those that take more than their share. */
  text(): string {
    const all = [...this.#costs].toSorted((a, b) => b[1] - a[1]);
    const total = all.reduce((sum, [, cost]) => sum + cost, 0);
    const percent = (cost: number): string => `${Math.round((100 * cost) / Math.max(total, 1e-9))} %`;
    const rows = all
      .slice(0, shown)
      .map(([rule, cost]) => `${cost.toFixed(1).padStart(9)} ms  ${percent(cost).padStart(5)}  ${rule}`);
    const dear = all.filter(([, cost]) => cost > enough && cost > total * share);
    const named = dear.map(([rule, cost]) => `${rule} takes ${percent(cost)} of the time of all rules.`);
    return [`${all.length} rules took ${total.toFixed(1)} ms`, ...rows, ...named].join('\n');
  }
}
