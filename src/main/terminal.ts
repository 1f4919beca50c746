import type { CliTerminal } from '../base/cli';

const usual = { columns: 120, rows: 30 };

/** The terminal, where somebody sits at it and sees what is printed; undefined elsewhere. */
export function terminalOf({ stdin, stdout }: NodeJS.Process): CliTerminal | undefined {
  if (stdin.isTTY !== true || stdout.isTTY !== true) return undefined;
  return {
    // A terminal that says no size says 0.
    columns: stdout.columns || usual.columns,
    rows: stdout.rows || usual.rows,
    keys(listener) {
      const heard = (chunk: Buffer | string): void => listener(chunk.toString());
      stdin.setEncoding('utf8');
      stdin.setRawMode(true);
      stdin.on('data', heard);
      return () => {
        stdin.off('data', heard);
        stdin.setRawMode(false);
        // Else the process would wait for more keys.
        stdin.pause();
      };
    },
  };
}
