import { setFlagsFromString } from 'node:v8';

/** Versions of V8 (Node 20 to 24) whose flags are known: others would complain of one that they lack. */
const known: ReadonlySet<string> = new Set(['11', '12', '13']);

/** Sets a flag of the engine where it has it; elsewhere everything runs as usual. */
export function tune(flag: `--${string}`): void {
  const [major = ''] = process.versions.v8.split('.');
  if (known.has(major)) setFlagsFromString(flag);
}
