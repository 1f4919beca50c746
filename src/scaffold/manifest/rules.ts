import type { Spot } from '../spot';
import { checkKeys, oneOf, textAt } from '../spot';
import type { FileRule } from '../template';
import { fileClasses } from '../template';
import { readCondition } from './conditions';
import type { Inputs } from './keys';
import { ruleKeys } from './keys';

const longestGlob = 300;

/** Reads one of `files:`. */
export function readRule(spot: Spot, inputs: Inputs): FileRule {
  checkKeys(spot, ruleKeys);
  const match = textAt(spot, 'match');
  // Each brace multiplies, and stars side by side are tried in every way.
  if (
    match.length > longestGlob ||
    match.split('{').length > 5 ||
    /\*\*[^/]|[^/]\*\*|\*[^/]*\*[^/]*\*/.test(match.replaceAll('**/', ''))
  )
    throw spot.at('match').broken('the glob is too intricate; write two rules');
  const when = readCondition(spot, 'when', inputs);
  const hasClass = spot.at('class').value !== undefined;
  if (!hasClass && when === undefined) throw spot.broken('a rule says a class, a condition in when, or both');
  return {
    match,
    ...(hasClass ? { class: oneOf(spot, 'class', fileClasses) } : {}),
    ...(when === undefined ? {} : { when }),
  };
}
