/** Where documents are: the address of a file system, and a path in it. */

export interface Place {
  /** `file://`, `vscode-vfs://github`. */
  readonly root: string;
  /** Absolute, with `/`, decoded. */
  readonly path: string;
}

/** Undefined for what is in no folder: documents that were never saved. */
export function placeOf(uri: string): Place | undefined {
  const found = /^([a-z][a-z\d+.-]*:\/\/[^/?#]*)(\/[^?#]*)/i.exec(uri);
  if (found === null) return undefined;
  const [, root = '', path = ''] = found;
  return { root, path: decoded(path) };
}

export function uriOf({ root, path }: Place): string {
  return root + path.split('/').map(encodeURIComponent).join('/');
}

/** Editors write the same address in more than one way (`%3A`, `:`). */
export function isSamePlace(a: string, b: string): boolean {
  const [one, other] = [placeOf(a), placeOf(b)];
  return one === undefined || other === undefined
    ? a === b
    : one.root === other.root && one.path === other.path;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch (error) {
    if (error instanceof URIError) return path;
    throw error;
  }
}
