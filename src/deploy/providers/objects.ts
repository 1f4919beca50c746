/** The JSON objects that stand one after the other in a line; what is none comes as it is. */
export function splitObjects(line: string): readonly string[] {
  const parts: string[] = [];
  let from = 0;
  for (;;) {
    const end = endOfObject(line, from);
    if (end === undefined) break;
    parts.push(line.slice(from, end).trim());
    from = end;
  }
  const rest = line.slice(from).trim();
  return rest === '' ? parts : [...parts, rest];
}

/** Where the object that begins at or after `from` ends; undefined when none is whole. */
function endOfObject(text: string, from: number): number | undefined {
  const begin = /\S/.exec(text.slice(from));
  if (!begin || text[from + begin.index] !== '{') return undefined;
  let depth = 0;
  let isInText = false;
  for (let at = from + begin.index; at < text.length; at++) {
    const char = text[at];
    if (isInText) {
      if (char === '\\') at++;
      else if (char === '"') isInText = false;
    } else if (char === '"') isInText = true;
    else if (char === '{') depth++;
    else if (char === '}' && --depth === 0) return at + 1;
  }
  return undefined;
}
