/** Path arithmetic on absolute `/` paths, for rooms that may not import Node. */

/** Joins with `/`, dropping empty and `.` segments and resolving `..`. */
export function join(...parts: readonly string[]): string {
  const absolute = parts[0]?.startsWith('/') === true;
  const out: string[] = [];
  for (const segment of parts.join('/').split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment === '..' && out.length > 0 && out.at(-1) !== '..') out.pop();
    else if (segment !== '..' || !absolute) out.push(segment);
  }
  return (absolute ? '/' : '') + out.join('/');
}

export function dirname(path: string): string {
  const cut = path.lastIndexOf('/');
  return cut <= 0 ? '/' : path.slice(0, cut);
}

export function basename(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** `path` relative to `dir` when it lies in it, else `path` unchanged. */
export function relative(dir: string, path: string): string {
  const prefix = dir.endsWith('/') ? dir : `${dir}/`;
  return path.startsWith(prefix) ? path.slice(prefix.length) : path;
}
