/** Whether a path matches a glob of `*`, `**`, `?` and `{a,b}`, as `.editorconfig` and VS Code know them. */
export function matches(glob: string, path: string): boolean {
  return new RegExp(`^${expression(glob)}$`).test(path);
}

function expression(glob: string): string {
  return glob.replaceAll(/\*\*\/|\*\*|[*?{},]|[^*?{},]+/g, (token) => {
    const known = tokens[token];
    return known ?? token.replaceAll(/[.+^$()|[\]\\]/g, '\\$&');
  });
}

const tokens: Readonly<Record<string, string>> = {
  '**/': '(?:.*/)?',
  '**': '.*',
  '*': '[^/]*',
  '?': '[^/]',
  '{': '(?:',
  '}': ')',
  ',': '|',
};
