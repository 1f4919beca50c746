import { createInterface } from 'node:readline';
import type { Interface } from 'node:readline';
import { Writable } from 'node:stream';
import type { CliContext } from '../base/cli';

/** Asks one question after the other. What is hidden is not shown as it is typed. */
export function createAsk(): CliContext['ask'] {
  // Lines of a pipe that came before they were asked for.
  let lines: AsyncIterator<string> | undefined;
  const fromPipe = async (): Promise<string> => {
    lines ??= createInterface({ input: process.stdin })[Symbol.asyncIterator]();
    const next = await lines.next();
    return next.done === true ? '' : next.value;
  };
  return (prompt, { isHidden }) => (process.stdin.isTTY === true ? atTerminal(prompt, isHidden) : fromPipe());
}

function atTerminal(prompt: string, isHidden: boolean): Promise<string> {
  process.stderr.write(prompt);
  const output = isHidden ? new Writable({ write: (_chunk, _encoding, done) => done() }) : process.stderr;
  const reader: Interface = createInterface({ input: process.stdin, output, terminal: true });
  return new Promise((resolve, reject) => {
    const finish = (end: () => void): void => {
      reader.close();
      if (isHidden) process.stderr.write('\n');
      end();
    };
    reader.once('SIGINT', () => finish(() => reject(new DOMException('Ctrl-C at a question', 'AbortError'))));
    reader.question('', (answer) => finish(() => resolve(answer)));
  });
}
