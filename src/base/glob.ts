/** Globs as VS Code has them: `*` and `?` within a name, `**` over folders, `{yaml,json}` for alternatives. */

/** Matches whole paths with `/`, seen from where the glob starts. */
export function globMatcher(pattern: string): (path: string) => boolean {
  const source = expandBraces(pattern).map(toRegExpSource).join('|');
  const expression = new RegExp(`^(?:${source})$`, 'u');
  return (path) => expression.test(path);
}

/** `a.{yaml,yml}` → `a.yaml`, `a.yml`; a brace that is never closed stands for itself. */
function expandBraces(pattern: string): readonly string[] {
  const found = /\{([^{}]*)\}/.exec(pattern);
  if (found === null) return [pattern];
  const [before, after] = [pattern.slice(0, found.index), pattern.slice(found.index + found[0].length)];
  return (found[1] ?? '').split(',').flatMap((choice) => expandBraces(before + choice + after));
}

function toRegExpSource(pattern: string): string {
  return pattern
    .split('/')
    .map((segment, at, all) => {
      if (segment === '**') return at === all.length - 1 ? '.*' : '(?:[^/]+/)*';
      const name = segment.replaceAll(/[\\^$.|+()[\]{}*?]/g, characterSource);
      return at === all.length - 1 ? name : `${name}/`;
    })
    .join('');
}

function characterSource(character: string): string {
  if (character === '*') return '[^/]*';
  return character === '?' ? '[^/]' : `\\${character}`;
}
