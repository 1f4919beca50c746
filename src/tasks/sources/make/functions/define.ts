import type { Expander } from '../expander';

/** One of make's functions. Arguments are expanded before it runs, unless it is `lazy` and expands them itself. */
export interface MakeFunction {
  /** At most so many arguments: commas after the last one belong to it. */
  readonly most: number;
  readonly lazy?: boolean;
  run(args: readonly string[], expander: Expander): string;
}

export type Functions = Readonly<Record<string, MakeFunction>>;
