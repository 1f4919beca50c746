/** Lines of `a` from `aStart` up to `aEnd` became those of `b` from `bStart` up to `bEnd`; one of the two may be empty. */
export interface Hunk {
  readonly aStart: number;
  readonly aEnd: number;
  readonly bStart: number;
  readonly bEnd: number;
}

interface Box {
  readonly aLow: number;
  readonly aHigh: number;
  readonly bLow: number;
  readonly bHigh: number;
}

interface Sides {
  readonly a: Int32Array;
  readonly b: Int32Array;
}

/** Farther than this the shortest way is not looked for any more, but a good one: time stays bounded for files that share nothing. */
const longestWay = 2000;
const nowhere = -0x4000_0000;

/**
 * The differences between two texts in lines: E. Myers, "An O(ND) Difference Algorithm and Its Variations" (1986), in its linear-memory
 * form. Where a difference could stand in several places it stands as late as possible, or beside one of the other side, as
 * git has it, so that merges come out alike.
 */
export function diffLines(a: readonly string[], b: readonly string[]): readonly Hunk[] {
  const sides = intern(a, b);
  const [left, right] = pairsOf(sides, commonLines(sides));
  settle(sides.a, left, right);
  settle(sides.b, right, left);
  const hunks: Hunk[] = [];
  for (let gap = 0; gap + 1 < left.length; gap++) {
    const [aStart, aEnd] = gapAt(left, gap);
    const [bStart, bEnd] = gapAt(right, gap);
    if (aStart < aEnd || bStart < bEnd) hunks.push({ aStart, aEnd, bStart, bEnd });
  }
  return hunks;
}

/** Equal lines get equal numbers. */
function intern(a: readonly string[], b: readonly string[]): Sides {
  const known = new Map<string, number>();
  const number = (line: string): number => {
    const found = known.get(line) ?? known.size;
    known.set(line, found);
    return found;
  };
  return { a: Int32Array.from(a, number), b: Int32Array.from(b, number) };
}

/** Which lines of `a` stay; as many of `b` do, and in the same order. */
function commonLines({ a, b }: Sides): { readonly a: Uint8Array; readonly b: Uint8Array } {
  const stays = { a: new Uint8Array(a.length).fill(1), b: new Uint8Array(b.length).fill(1) };
  const vectors = {
    forward: new Int32Array(a.length + b.length + 3),
    backward: new Int32Array(a.length + b.length + 3),
  };
  const boxes: Box[] = [{ aLow: 0, aHigh: a.length, bLow: 0, bHigh: b.length }];
  for (let box = boxes.pop(); box; box = boxes.pop()) {
    const { aLow, aHigh, bLow, bHigh } = trimmed({ a, b }, box);
    if (aLow === aHigh || bLow === bHigh) {
      stays.a.fill(0, aLow, aHigh);
      stays.b.fill(0, bLow, bHigh);
      continue;
    }
    const [x, y] = middle({ a: a.subarray(aLow, aHigh), b: b.subarray(bLow, bHigh) }, vectors);
    boxes.push(
      { aLow, aHigh: aLow + x, bLow, bHigh: bLow + y },
      { aLow: aLow + x, aHigh, bLow: bLow + y, bHigh },
    );
  }
  return stays;
}

/** The box without the lines that both sides begin and end with. */
function trimmed({ a, b }: Sides, { aLow, aHigh, bLow, bHigh }: Box): Box {
  while (aLow < aHigh && bLow < bHigh && a[aLow] === b[bLow]) {
    aLow++;
    bLow++;
  }
  while (aLow < aHigh && bLow < bHigh && a[aHigh - 1] === b[bHigh - 1]) {
    aHigh--;
    bHigh--;
  }
  return { aLow, aHigh, bLow, bHigh };
}

interface Vectors {
  /** The farthest `x` on each diagonal from the start, and from the end. */
  readonly forward: Int32Array;
  readonly backward: Int32Array;
}

/** A point in the middle of a shortest way from one corner to the other, walked from both ends until they meet. */
function middle(sides: Sides, { forward, backward }: Vectors): readonly [x: number, y: number] {
  const [n, m] = [sides.a.length, sides.b.length];
  const delta = n - m;
  const isOdd = delta % 2 !== 0;
  const turned = { a: sides.a.toReversed(), b: sides.b.toReversed() };
  const zero = m + 1;
  for (const vector of [forward, backward]) {
    vector.fill(nowhere, 0, n + m + 3);
    vector[zero + 1] = 0;
  }
  for (let depth = 0; ; depth++) {
    const met = step(sides, { own: forward, other: backward, zero, depth, meets: isOdd ? depth - 1 : -1 });
    if (met) return met;
    const back = step(turned, { own: backward, other: forward, zero, depth, meets: isOdd ? -1 : depth });
    if (back) return [n - back[0], m - back[1]];
    if (depth >= longestWay) return farthest(forward, sides, zero);
  }
}

interface Walk {
  readonly own: Int32Array;
  readonly other: Int32Array;
  readonly zero: number;
  readonly depth: number;
  /** How far from its start the other walk is; -1 when it can't be met in this step. */
  readonly meets: number;
}

const reach = (vector: Int32Array, at: number): number => vector[at] ?? nowhere;

/** One step further on every diagonal inside the box; gives the point where the other walk was met. */
function step(
  { a, b }: Sides,
  { own, other, zero, depth, meets }: Walk,
): readonly [number, number] | undefined {
  const [n, m] = [a.length, b.length];
  const low = -(depth - 2 * Math.max(0, depth - m));
  const high = depth - 2 * Math.max(0, depth - n);
  for (let diagonal = low; diagonal <= high; diagonal += 2) {
    const above = reach(own, zero + diagonal + 1);
    const before = reach(own, zero + diagonal - 1);
    let x = Math.max(above, before + 1);
    if (x < 0 || x > n || x - diagonal > m) {
      own[zero + diagonal] = nowhere;
      continue;
    }
    while (x < n && x - diagonal < m && a[x] === b[x - diagonal]) x++;
    own[zero + diagonal] = x;
    const mirrored = n - m - diagonal;
    const reached = Math.abs(mirrored) <= meets ? reach(other, zero + mirrored) : nowhere;
    if (x + reached >= n) return [x, x - diagonal];
  }
  return undefined;
}

function farthest(forward: Int32Array, { a, b }: Sides, zero: number): readonly [number, number] {
  let best: readonly [number, number] = [1, 0];
  for (let diagonal = -b.length; diagonal <= a.length; diagonal++) {
    const x = reach(forward, zero + diagonal);
    if (x >= 0 && 2 * x - diagonal > best[0] + best[1]) best = [x, x - diagonal];
  }
  return best;
}

/** The positions of the lines that stay, on either side, between one before the first line and one after the last. */
function pairsOf(
  { a, b }: Sides,
  stays: { readonly a: Uint8Array; readonly b: Uint8Array },
): readonly [Int32Array, Int32Array] {
  const positions = (flags: Uint8Array, length: number): Int32Array => {
    const kept = [-1];
    flags.forEach((flag, at) => flag === 1 && kept.push(at));
    return Int32Array.from([...kept, length]);
  };
  return [positions(stays.a, a.length), positions(stays.b, b.length)];
}

/** The changed lines between the stable lines number `gap` and `gap + 1`. */
function gapAt(stable: Int32Array, gap: number): readonly [start: number, end: number] {
  return [(stable[gap] ?? 0) + 1, stable[gap + 1] ?? 0];
}

function isEmpty(stable: Int32Array, gap: number): boolean {
  const [start, end] = gapAt(stable, gap);
  return start === end;
}

/** Slides every group of changed lines down as far as it goes, or back to the last place where it stands beside one of the other side. */
function settle(lines: Int32Array, own: Int32Array, other: Int32Array): void {
  for (let gap = 0; gap + 1 < own.length; gap++) {
    if (isEmpty(own, gap)) continue;
    let at = gap;
    let size: number;
    let beside: number;
    do {
      const [start, end] = gapAt(own, at);
      size = end - start;
      while (slideUp(lines, own, at)) at--;
      beside = isEmpty(other, at) ? -1 : at;
      while (slideDown(lines, own, at)) {
        at++;
        if (!isEmpty(other, at)) beside = at;
      }
      const [newStart, newEnd] = gapAt(own, at);
      size = newEnd - newStart - size;
      // It may have met another group and grown; the two may slide farther together.
    } while (size !== 0);
    while (beside >= 0 && at > beside && slideUp(lines, own, at)) at--;
    gap = Math.max(gap, at);
  }
}

function slideUp(lines: Int32Array, own: Int32Array, gap: number): boolean {
  const [start, end] = gapAt(own, gap);
  if (start === 0 || lines[start - 1] !== lines[end - 1]) return false;
  own[gap] = end - 1;
  return true;
}

function slideDown(lines: Int32Array, own: Int32Array, gap: number): boolean {
  const [start, end] = gapAt(own, gap);
  if (end === lines.length || lines[start] !== lines[end]) return false;
  own[gap + 1] = start;
  return true;
}
