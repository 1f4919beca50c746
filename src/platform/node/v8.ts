import { setFlagsFromString } from 'node:v8';

/** The major versions of V8 that know each flag (tried with Node 20, 22, 23, 24 and 25): others complain of it on stderr. */
const knownTo = {
  'heap-growing-percent': [11, 12, 13, 14],
  'interrupt-budget': [11],
  'max-inlined-bytecode-size-cumulative': [11, 12, 13, 14],
  'semi-space-growth-factor': [11, 12, 13, 14],
} as const satisfies Readonly<Record<string, readonly number[]>>;

/** Sets a flag of the engine where it has it; elsewhere everything runs as usual. */
export function tune(flag: keyof typeof knownTo, value: number): void {
  const major = Number.parseInt(process.versions.v8, 10);
  const majors: readonly number[] = knownTo[flag];
  if (majors.includes(major)) setFlagsFromString(`--${flag}=${value}`);
}
