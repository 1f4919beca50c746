/** A place in source code that a line of a log names. */
export interface Frame {
  /** Where in the line it stands, in UTF-16 code units. */
  readonly start: number;
  readonly end: number;
  /** As the process says it: a path of the machine that it ran on. */
  readonly path: string;
  /** From one. */
  readonly line: number;
}

/** Python's `File "/app/orders/views.py", line 12`. */
const python = /File "([^"\n]+)", line (\d+)/g;
/** `/app/src/server.js:12:3`, `main.go:40`, `orders/models.rb:7:in`: a path with a known ending and a line. */
const others =
  /(?<![\w:@.+\-/\\])((?:\/|[A-Za-z]:\\|\.{1,2}\/)?[\w@.+\-/\\]+\.(?:py|js|mjs|cjs|ts|tsx|go|rb|java|kt|rs|php|ex|exs)):(\d+)/g;

/** The places that a line names, in their order. */
export function framesOf(line: string): readonly Frame[] {
  const found = [python, others].flatMap((pattern) =>
    [...line.matchAll(pattern)].map((match) => ({
      start: match.index,
      end: match.index + match[0].length,
      path: match[1] ?? '',
      line: Number(match[2]),
    })),
  );
  return found
    .filter(({ path, line: at }) => at > 0 && !isForeign(path))
    .toSorted((a, b) => a.start - b.start);
}

/** Code of the language or of packages is not the service's own. */
const isForeign = (path: string): boolean =>
  /(^|[/\\])(site-packages|dist-packages|node_modules|node:|lib[/\\]python\d)/.test(path) ||
  path.startsWith('<');

/**
 * Where the file may be below the service's folder: its path without its first parts, the longest first, since the place where a
 * service runs (`/app`, a folder of the platform) is another one than where it is written.
 */
export function candidates(path: string): readonly string[] {
  const parts = path.split(/[/\\]/).filter((part) => part !== '' && part !== '.');
  if (parts.includes('..')) return [];
  return parts.map((_, at) => parts.slice(at).join('/')).slice(-8);
}
