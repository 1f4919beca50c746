import type { Spot } from '../spot';
import { checkKeys, listAt, oneOf, textAt } from '../spot';
import type { FileRule } from '../template';
import { fileClasses } from '../template';
import { readCondition } from './conditions';
import type { Inputs } from './keys';
import { ruleKeys } from './keys';

const longestGlob = 300;
const mostRules = 500;
/** Folders at any depth, stars in one name, and words that braces stand for: each multiplies the ways in which a path is tried. */
const most = { anyDepth: 3, stars: 2, words: 200 };

/** Reads `files:`. */
export function readRules(root: Spot, inputs: Inputs): readonly FileRule[] {
  const list = listAt(root, 'files');
  if (list.length > mostRules) throw root.at('files').broken(`more than ${mostRules} rules are too many`);
  return list.map((spot) => readRule(spot, inputs));
}

function isIntricate(glob: string): boolean {
  const words = [...glob.matchAll(/[{,}]/g)].reduce(
    (sum, [sign]) => ({
      all: sign === '}' ? sum.all * sum.group : sum.all,
      group: sign === '{' ? 1 : sum.group + 1,
    }),
    { all: 1, group: 1 },
  ).all;
  const names = glob.split('/');
  return (
    glob.length > longestGlob ||
    words > most.words ||
    /\{[^}]*\{/.test(glob) ||
    names.filter((name) => name === '**').length > most.anyDepth ||
    names.some((name) => name !== '**' && name.split('*').length - 1 > most.stars)
  );
}

function readRule(spot: Spot, inputs: Inputs): FileRule {
  checkKeys(spot, ruleKeys);
  const match = textAt(spot, 'match');
  if (isIntricate(match)) throw spot.at('match').broken('the glob is too intricate; write several rules');
  const when = readCondition(spot, 'when', inputs);
  const hasClass = spot.at('class').value !== undefined;
  if (!hasClass && when === undefined) throw spot.broken('a rule says a class, a condition in when, or both');
  return {
    match,
    ...(hasClass ? { class: oneOf(spot, 'class', fileClasses) } : {}),
    ...(when === undefined ? {} : { when }),
  };
}
