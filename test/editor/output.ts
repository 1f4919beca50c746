import { AsyncLocalStorage } from 'node:async_hooks';
import process from 'node:process';

type Write = (text: string, stream: NodeJS.WriteStream) => void;

const toTerminal: Write = (text, stream) => void stream.write(text);
const held = new AsyncLocalStorage<Write>();

/** Where what is told from here on goes: the terminal, or what is held back. To be asked for before waiting for anything else. */
export function output(): Write {
  return held.getStore() ?? toTerminal;
}

/** Tells a line. */
export function say(line: string): void {
  output()(`${line}\n`, process.stdout);
}

/** Tells a line of what went wrong. */
export function complain(line: string): void {
  output()(`${line}\n`, process.stderr);
}

/** Does the work at once and holds back what it tells until `turn` is over; from then on it is told as it comes. */
export async function inTurn<T>(turn: Promise<unknown>, work: () => Promise<T>): Promise<T> {
  const write = output();
  const kept: Parameters<Write>[] = [];
  let take: Write = (text, stream) => void kept.push([text, stream]);
  const release = (): void => {
    for (const one of kept.splice(0)) write(...one);
    take = write;
  };
  // Somebody who ends the run sees how far everything came.
  process.once('exit', release);
  const released = turn.then(release, release);
  try {
    return await held.run((text, stream) => take(text, stream), work);
  } finally {
    await released;
    process.removeListener('exit', release);
  }
}
