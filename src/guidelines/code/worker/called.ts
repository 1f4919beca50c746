/** A function of a rule set, as Spectral calls it. */
export type Called = (target: unknown, options: unknown, context: unknown) => unknown;

export function isCalled(value: unknown): value is Called {
  return typeof value === 'function';
}
