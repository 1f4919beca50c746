const mostLines = 12;
const traceback = /^\s*Traceback \(most recent call last\):/;
const errorLine = /^\s*(ERROR|error|Error|fatal|FATAL)\b.*:/;

/**
 * The lines of a program's output that explain why it failed, at most 12: a Python traceback's end with the exception, else from the last
 * line that calls itself an error, else the end of the output.
 */
export function explain(output: readonly string[]): readonly string[] {
  const lines = output.map((line) => line.trimEnd()).filter((line) => line !== '');
  const start = lines.findLastIndex((line) => traceback.test(line));
  if (start >= 0) return endOfTraceback(lines.slice(start));
  const error = lines.findLastIndex((line) => errorLine.test(line));
  const from = Math.max(0, lines.length - mostLines);
  return error >= 0 && error < from ? lines.slice(error, error + mostLines) : lines.slice(from);
}

/** The exception is the first line after the frames that is not indented; what a shell says afterwards does not matter. */
function endOfTraceback(lines: readonly string[]): readonly string[] {
  const exception = lines.findIndex((line, index) => index > 0 && !/^\s/.test(line));
  const end = exception < 0 ? lines.length : Math.min(lines.length, exception + 3);
  return lines.slice(Math.max(0, end - mostLines), end);
}
