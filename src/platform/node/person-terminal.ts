import process from 'node:process';
import { StringDecoder } from 'node:string_decoder';
import type { PersonTerminal } from '../../base/cli';

const usual = { columns: 120, rows: 30 };

/** The terminal of this process; undefined where somebody else reads what it prints, or gives what it reads. */
export function personTerminal(): PersonTerminal | undefined {
  const { stdin, stdout } = process;
  if (!stdin.isTTY || !stdout.isTTY) return undefined;
  return {
    // A terminal that says no size says 0.
    size: () => ({ columns: stdout.columns || usual.columns, rows: stdout.rows || usual.rows }),
    listen(listener, onResize) {
      const decoder = new StringDecoder('utf8');
      const take = (data: Buffer): void => listener(decoder.write(data));
      stdin.setRawMode(true);
      stdin.on('data', take);
      stdin.resume();
      stdout.on('resize', onResize);
      return () => {
        stdin.off('data', take);
        stdout.off('resize', onResize);
        stdin.setRawMode(false);
        stdin.pause();
      };
    },
  };
}
