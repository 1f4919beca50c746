import type { Answers } from '../answer';

/** Something that is wrong with a template, where its author can mend it. */
export interface Finding {
  /** The template's own file, absolute. */
  readonly path: string;
  /** Zero-based. */
  readonly line: number;
  /** A sentence. */
  readonly message: string;
  readonly severity: 'error' | 'warning';
  readonly code: FindingCode;
  /** The answers that show it, as in `ci=circleci sentry=true`; empty when it is so whatever is answered. */
  readonly shown: string;
}

export type FindingCode =
  | 'broken-template'
  | 'syntax'
  | 'delimiter'
  | 'emptied'
  | 'not-rendered'
  | 'unused'
  | 'never-written'
  | 'rule-without-file'
  | 'executable'
  | 'line-ends'
  | 'no-sample';

/** A finding of one combination of answers; `checkTemplate` says of many which answers they have in common. */
export type Observation = Omit<Finding, 'shown'>;

/** Answers as they would be given on a command line; those that are empty are left out. */
export function answersText(answers: Answers): string {
  return Object.entries(answers)
    .filter(([, answer]) => answer !== '')
    .map(
      ([key, answer]) => `${key}=${quoted(typeof answer === 'object' ? answer.join(',') : String(answer))}`,
    )
    .join(' ');
}

const quoted = (text: string): string => (/^[\w.,@/:+-]*$/.test(text) ? text : JSON.stringify(text));

/** The message with the answers that show it. */
export function findingText({ message, shown }: Finding): string {
  return shown === '' ? message : `${message.replace(/\.$/, '')}, where ${shown}.`;
}
