/** What somebody types, as it comes, until nobody reads it any more. */
export interface Typed {
  readonly texts: AsyncIterable<string>;
  push(text: string): void;
  /** Whoever reads is told of the end once all that was typed is read. */
  end(): void;
}

/** Holds what is typed before anybody reads; one reader. */
export function createTyped(): Typed {
  const held: string[] = [];
  let isOver = false;
  let wake: () => void = () => undefined;
  const texts = async function* (): AsyncIterable<string> {
    for (;;) {
      const text = held.splice(0).join('');
      if (text !== '') yield text;
      else if (isOver) return;
      else await new Promise<void>((done) => (wake = done));
    }
  };
  return {
    texts: texts(),
    push(text) {
      held.push(text);
      wake();
    },
    end() {
      isOver = true;
      wake();
    },
  };
}
