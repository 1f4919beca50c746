import type { Answer, Answers } from '../answer';
import { answerAt, sameAnswer } from '../answer';
import type { Template } from '../template';
import type { Observation } from './finding';
import { answersText } from './finding';
import type { Trial } from './matrix';
import { factsIn } from './matrix';
import { observeRendered } from './rendered';
import { renderTrial } from './render-trial';
import { fromOf } from './static';

/**
 * Which answers show what was seen in the trials `by`: nothing to say when it was all of them; else the one fact that these trials have
 * and no other has; else the answers of one of them, as few as still show it.
 */
export function shownBy(
  template: Template,
  one: Observation,
  trials: readonly Trial[],
  by: ReadonlySet<number>,
): string {
  if (by.size === trials.length) return '';
  const facts = trials.map((trial) => new Set(factsIn(template, trial.answers)));
  const seen = facts.filter((_, index) => by.has(index));
  const others = facts.filter((_, index) => !by.has(index));
  const single = [...(seen[0] ?? [])].find(
    (fact) => seen.every((facts) => facts.has(fact)) && !others.some((facts) => facts.has(fact)),
  );
  if (single !== undefined) return single;
  const [first] = trials.filter((_, index) => by.has(index));
  return answersText(fewest(template, one, { from: first?.answers ?? {}, usual: trials[0]?.answers ?? {} }));
}

/** Puts answers back to the usual ones as long as the same is seen; gives those that are left. */
function fewest(
  template: Template,
  wanted: Observation,
  { from, usual }: { readonly from: Answers; readonly usual: Answers },
): Answers {
  const sources = template.sources.filter((source) => fromOf(template, source) === wanted.path);
  const part: Template = { ...template, sources };
  const shows = (answers: Answers): boolean => {
    const rendered = renderTrial(part, answers);
    return [...rendered.observations, ...observeRendered(part, rendered, new Map())].some(
      ({ code, line, path }) => code === wanted.code && line === wanted.line && path === wanted.path,
    );
  };
  let answers = from;
  for (const key of Object.keys(from)) {
    answers = lessOf(answers, key, { usual: answerAt(usual, key), shows });
  }
  const left = Object.keys(from).flatMap((key) => {
    const answer = answerAt(answers, key);
    return answer === undefined || sameAnswer(answerAt(usual, key), answer) ? [] : [[key, answer] as const];
  });
  return Object.fromEntries(left);
}

interface Less {
  readonly usual: Answer | undefined;
  readonly shows: (answers: Answers) => boolean;
}

/** The answers with one put back to the usual one, or with fewer of several values, if they still show it. */
function lessOf(answers: Answers, key: string, { usual, shows }: Less): Answers {
  const { [key]: own, ...rest } = answers;
  const back = usual === undefined ? rest : { ...rest, [key]: usual };
  if (own === undefined || shows(back)) return own === undefined ? answers : back;
  if (typeof own !== 'object') return answers;
  const needed = own.reduce<readonly string[]>((values, value) => {
    const fewer = values.filter((one) => one !== value);
    return shows({ ...rest, [key]: fewer }) ? fewer : values;
  }, own);
  return { ...rest, [key]: needed };
}
