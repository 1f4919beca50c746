/** ASCII letters, digits and blanks: their order is the same in every collation of English. */
const plain = /^[A-Za-z0-9 ]*$/;

/**
 * Which of two names comes first in an English list: below 0 where `a` does, as `localeCompare` has it (Unicode Collation Algorithm, with
 * CLDR's tables). Those tables take longer to load than a small description takes to check, and of plain names nobody has to look there.
 */
export function inAlphabet(a: string, b: string): number {
  if (plain.test(a) && plain.test(b)) {
    const [lowA, lowB] = [a.toLowerCase(), b.toLowerCase()];
    if (lowA !== lowB) return lowA < lowB ? -1 : 1;
    if (a === b) return 0;
  }
  return a.localeCompare(b, 'en');
}
