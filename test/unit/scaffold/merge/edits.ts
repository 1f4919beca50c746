import type { Random } from '../../../helpers/random';

/** Random texts and what people do to them. */

/** Lines of which about one in `unlike` is like another. */
export function randomLines(random: Random, length: number, unlike: number): readonly string[] {
  return Array.from({ length }, (_, at) =>
    random.int(unlike) === 0 ? random.pick(['', '}', '    pass']) : `line ${at}`,
  );
}

/** `lines` with `times` insertions, deletions, replacements and moves; new lines begin with `by`. */
export function edited(
  lines: readonly string[],
  by: string,
  times: number,
  random: Random,
): readonly string[] {
  let now = lines;
  for (let time = 0; time < times; time++) {
    const at = random.int(now.length + 1);
    const many = 1 + random.int(3);
    const fresh = Array.from({ length: many }, (_, index) =>
      random.int(6) === 0 ? '' : `${by} ${time}.${index}`,
    );
    const drop = random.pick([0, many, many, 1]);
    now = now.toSpliced(at, drop, ...(random.int(3) === 0 ? [] : fresh));
  }
  return now;
}
