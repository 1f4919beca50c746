import type { Answer, Answers } from '../answer';
import { brokenAnswers } from '../errors';
import { mapping, answerAtSpot } from '../spot';
import { spotIn } from '../yaml';

/**
 * Reads a YAML or JSON file of answers: texts, yes and no, lists of texts; a number counts as its text.
 * Throws UserError `scaffold/broken-answers`.
 */
export function parseAnswers(text: string, path: string): Answers {
  const root = spotIn(text, (why, line) => brokenAnswers(path, why, line));
  const keys = Object.keys(mapping(root));
  return Object.fromEntries(keys.map((key): [string, Answer] => [key, answerAtSpot(root.at(key))]));
}
