/** References of container images: the grammar of the Distribution project's `reference` package. */

export interface ImageReference {
  /** `ghcr.io`, `localhost:5000`; absent means Docker Hub. */
  readonly registry?: string;
  /** `acme/orders` */
  readonly repository: string;
  readonly tag?: string;
  readonly digest?: string;
}

const component = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;
const host =
  /^(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*(?::\d{1,5})?$/;
const tagPattern = /^\w[\w.-]{0,127}$/;
const digestPattern = /^sha256:[0-9a-f]{64}$/;
const longestName = 255;

/** Reads a reference; undefined when it is none. */
export function parseImage(text: string): ImageReference | undefined {
  const [named = '', digest, ...more] = text.split('@');
  const { name, tag } = cutTag(named);
  const isSound =
    more.length === 0 &&
    name.length <= longestName &&
    (digest === undefined || digestPattern.test(digest)) &&
    (tag === undefined || tagPattern.test(tag));
  const parts = isSound ? partsOf(name) : undefined;
  if (!parts) return undefined;
  return { ...parts, ...(tag === undefined ? {} : { tag }), ...(digest === undefined ? {} : { digest }) };
}

/** A colon before the last slash is a registry's port. */
function cutTag(named: string): { readonly name: string; readonly tag: string | undefined } {
  const colon = named.lastIndexOf(':');
  if (colon <= named.lastIndexOf('/')) return { name: named, tag: undefined };
  return { name: named.slice(0, colon), tag: named.slice(colon + 1) };
}

/** Docker's own rule: the first part is a registry when it looks like a host and something follows. */
function partsOf(name: string): { readonly registry?: string; readonly repository: string } | undefined {
  const [first = '', ...rest] = name.split('/');
  const isHost = rest.length > 0 && (/[.:]/.test(first) || first === 'localhost');
  const path = isHost ? rest : [first, ...rest];
  if (isHost && !host.test(first)) return undefined;
  if (!path.every((part) => component.test(part))) return undefined;
  return { ...(isHost ? { registry: first } : {}), repository: path.join('/') };
}

/** How many parts its name has: `ghcr.io/acme/orders` has three. */
export function partCount({ registry, repository }: ImageReference): number {
  return repository.split('/').length + (registry === undefined ? 0 : 1);
}

/**
 * The image of a commit, as CI tags it: `<registry>/<service>:<commit>`. A registry that ends with the service's name is the
 * repository itself.
 */
export function imageOfCommit(registry: string, service: string, commit: string): string {
  const base = registry.replace(/^https?:\/\//, '').replace(/\/+$/, '');
  const repository = base.endsWith(`/${service}`) ? base : `${base}/${service}`;
  return `${repository}:${commit}`;
}

/** The commit that a tag names: 7 to 40 hexadecimal digits; undefined for tags of other kinds. */
export function commitOfImage(image: string): string | undefined {
  const tag = parseImage(image)?.tag ?? '';
  return /^[0-9a-f]{7,40}$/.test(tag) ? tag : undefined;
}

/** Whether the name may mean another image tomorrow. */
export function isMoving(image: string): boolean {
  const reference = parseImage(image);
  return reference?.digest === undefined && (reference?.tag ?? 'latest') === 'latest';
}
