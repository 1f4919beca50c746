/** Below 0 when `a` is the older of two versions of numbers and dots; missing numbers count as 0, so that 3.11 equals 3.11.0. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [numbersOf(a), numbersOf(b)];
  for (let at = 0; at < Math.max(left.length, right.length); at++) {
    const away = (left[at] ?? 0) - (right[at] ?? 0);
    if (away !== 0) return away;
  }
  return 0;
}

const numbersOf = (version: string): readonly number[] => version.split('.').map(Number);

/** Whether `version` is within a range as `>=3.11` or `>=3.11 <4`. */
export function isWithin(version: string, range: string): boolean {
  return range.split(/\s+/).every((part) => {
    const [, sign = '', bound = ''] = rangePart.exec(part) ?? [];
    const away = compareVersions(version, bound);
    return comparisons[sign]?.(away) === true;
  });
}

const rangePart = /^(>=|<=|>|<|=)(\d+(?:\.\d+){0,3})$/;

/** Whether a text is a range. */
export function isRange(text: string): boolean {
  return text.split(/\s+/).every((part) => rangePart.test(part));
}

const comparisons: Readonly<Record<string, (away: number) => boolean>> = {
  '>=': (away) => away >= 0,
  '<=': (away) => away <= 0,
  '>': (away) => away > 0,
  '<': (away) => away < 0,
  '=': (away) => away === 0,
};
