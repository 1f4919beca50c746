/**
 * The lines of a text that arrives in pieces, without their ends (LF or CRLF); the last needs none. The work grows with the text and not
 * with how long a line is.
 */
export async function* linesOf(body: AsyncIterable<string>): AsyncIterable<string> {
  let held: string[] = [];
  for await (const chunk of body) {
    let from = 0;
    for (let end = chunk.indexOf('\n'); end >= 0; end = chunk.indexOf('\n', from)) {
      held.push(chunk.slice(from, end));
      const line = held.join('');
      held = [];
      from = end + 1;
      yield line.endsWith('\r') ? line.slice(0, -1) : line;
    }
    if (from < chunk.length) held.push(chunk.slice(from));
  }
  if (held.length > 0) yield held.join('');
}

/** All of a text that arrives in pieces. */
export async function textOf(body: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const chunk of body) text += chunk;
  return text;
}

/** The value of a JSON text; undefined when it is none. */
export function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
