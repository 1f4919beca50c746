/** How a question to code of a workspace ended, and how many milliseconds that took. */
export type CodeReply =
  | { readonly kind: 'answer'; readonly value: unknown; readonly took: number }
  /** No answer came in time, so what ran was ended, after so many steps of its work. */
  | { readonly kind: 'late'; readonly took: number; readonly steps: number }
  /** What ran ended itself, or could not go on. */
  | { readonly kind: 'ended'; readonly took: number; readonly steps: number };

/**
 * Runs JavaScript of a workspace apart from everything else: without the environment of this process, with little memory, and with
 * nothing that it prints going anywhere. Who asks waits, so that checks need not.
 */
export interface CodeRunner {
  /** Another number each time something new runs; 0 while nothing does. */
  readonly life: number;
  /**
   * Asks what runs, starting it when nothing does, and waits: at least `most` milliseconds for each step of its work and less than twice
   * that, and `whole` for all of it. Questions and answers are structured clones.
   */
  ask(question: unknown, most: number, whole: number): CodeReply;
  /** Ends what runs; the next question starts it anew. */
  end(): void;
}
