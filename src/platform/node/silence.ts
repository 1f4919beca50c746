import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { Writable } from 'node:stream';

/** A stream that takes everything and keeps nothing. */
function nowhere(): Writable {
  return new Writable({ write: (_chunk, _encoding, done) => done(), writev: (_chunks, done) => done() });
}

const printing = new Set<unknown>([0, 1, 2]);

/** In a worker: nothing that code prints reaches the streams of the process, past `process.stdout` neither. */
export function silence(): void {
  for (const name of ['stdout', 'stderr'] as const)
    Object.defineProperty(process, name, { value: nowhere(), configurable: true, enumerable: true });
  for (const name of ['writeSync', 'writevSync'] as const) {
    const real: (...args: never[]) => number = fs[name];
    Object.assign(fs, {
      [name]: (...args: never[]): number => (printing.has(args[0]) ? 0 : real(...args)),
    });
  }
  for (const name of ['write', 'writev'] as const) {
    const real: (...args: never[]) => void = fs[name];
    Object.assign(fs, {
      [name]: (...args: never[]): void => {
        if (!printing.has(args[0])) return real(...args);
        const done: unknown = args.at(-1);
        if (typeof done === 'function') process.nextTick(done, null, 0);
      },
    });
  }
  syncBuiltinESMExports();
}
