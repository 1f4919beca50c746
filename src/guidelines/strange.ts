/** Descriptions of a version that is not known here: they are told from other texts, and it is said which versions are understood. */
import { written } from './detect';
import type { TreeNode } from './tree';

interface Family {
  readonly name: string;
  readonly understood: string;
}

const families: Readonly<Record<string, Family>> = {
  openapi: {
    name: 'OpenAPI',
    understood: "3.0, 3.1 and 3.2 are, as in `openapi: 3.1.0`, and 2.0 as `swagger: '2.0'`",
  },
  swagger: { name: 'Swagger', understood: "2.0 is, as in `swagger: '2.0'`; later ones are `openapi: 3.1.0`" },
  asyncapi: { name: 'AsyncAPI', understood: '2 and 3 are, as in `asyncapi: 3.0.0`' },
  arazzo: { name: 'Arazzo', understood: '1 is, as in `arazzo: 1.0.1`' },
  overlay: { name: 'Overlay', understood: '1 is, as in `overlay: 1.0.0`' },
};

export interface Strange {
  /** Where the version is written. */
  readonly at: TreeNode;
  readonly message: string;
}

/**
 * What is said of a root of which no version is known; undefined when it is none of a description either: that has `info`, and a version
 * that starts with a digit.
 */
export function strangeVersion(root: TreeNode): Strange | undefined {
  if (root.kind !== 'map' || root.get('info')?.actual.kind !== 'map') return undefined;
  for (const [key, { name, understood }] of Object.entries(families)) {
    const at = root.get(key);
    const version = written(at);
    if (at === undefined || version === undefined || !/^v?\d[^\s`]{0,40}$/.test(version)) continue;
    return { at, message: `Version ${version} of ${name} is not understood: ${understood}.` };
  }
  return undefined;
}
