export interface Disposable {
  dispose(): void;
}

/** Gives one disposable that ends all of `items`, last first. */
export function disposeAll(items: readonly Disposable[]): Disposable {
  return { dispose: () => items.toReversed().forEach((item) => item.dispose()) };
}
