/** A text of a string, secret or choice; the values of a multi-choice; yes or no. */
export type Answer = string | boolean | readonly string[];

/** Answers by input key. */
export type Answers = Readonly<Record<string, Answer>>;

/** Whether there is anything in it: some text, some value, yes. */
export function isFilled(answer: Answer | undefined): boolean {
  return typeof answer === 'object' ? answer.length > 0 : Boolean(answer);
}

export function sameAnswer(a: Answer | undefined, b: Answer | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** An answer in one line for people and messages. */
export function answerText(answer: Answer): string {
  return typeof answer === 'object' ? answer.join(', ') : String(answer);
}

/** `answers[key]`, never what every object has by itself. */
export function answerAt(answers: Readonly<Record<string, unknown>>, key: string): Answer | undefined {
  const value = Object.hasOwn(answers, key) ? answers[key] : undefined;
  return isAnswer(value) ? value : undefined;
}

export function isAnswer(value: unknown): value is Answer {
  if (Array.isArray(value)) return value.every((one) => typeof one === 'string');
  return typeof value === 'string' || typeof value === 'boolean';
}

/** The environment variable that holds a secret: `apiToken` → `SERVICEWRIGHT_SECRET_API_TOKEN`. */
export const secretVariable = (key: string): string =>
  `SERVICEWRIGHT_SECRET_${key.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
