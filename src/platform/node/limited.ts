import { Transform } from 'node:stream';

/** Lets that many bytes pass, then fails with RangeError. */
export function limited(most: number): Transform {
  let length = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      length += chunk.length;
      if (length > most) done(new RangeError(`more than ${most} bytes`));
      else done(null, chunk);
    },
  });
}
