/** An option of names by status, for what a response has to have. */
import type { RuleOption } from './option';
import { textsOption } from './option';

/** Reads `200 Location`, `2XX ETag`. */
export function statusNames(usual: readonly string[], what: string): RuleOption<readonly string[]> {
  return textsOption(
    'names',
    usual,
    `What responses have to have: the status and the name of the ${what}, as in \`200 name\` and \`2XX name\`.`,
  );
}

/** The names for a status; those of its class where there are none of its own. */
export function namesFor(status: string, said: readonly string[]): readonly string[] {
  const ways = [status, status.replace(/^(\d)\d\d$/, '$1XX')];
  for (const way of [...ways, ...ways.slice(1).map((one) => one.toLowerCase())]) {
    const names = said.flatMap((one) => {
      const gap = one.indexOf(' ');
      return gap > 0 && one.slice(0, gap) === way ? [one.slice(gap + 1).trim()] : [];
    });
    if (names.length > 0) return names;
  }
  return [];
}
