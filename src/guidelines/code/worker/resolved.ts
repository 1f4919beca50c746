/** A plain document with its `$ref`s followed: what functions see unless a rule says `resolved: false`. */
import { isObject, isString } from '../../../base/json';
import type { PlainDocument } from '../plain';
import { parsePointer } from '../../pointer';

/** Nobody nests deeper, but for a hostile text. */
const deepest = 800;
const mostHops = 32;

/** Follows references, into other files too. One that leads back to what it stands in, or to nothing, stays as it is. */
export function resolved(document: PlainDocument): unknown {
  return new Resolving(document).of(document.data, 0);
}

class Resolving {
  readonly #root: unknown;
  readonly #links: PlainDocument['links'];
  readonly #made = new Map<unknown, unknown>();
  readonly #open = new Set<unknown>();

  constructor({ data, links }: PlainDocument) {
    this.#root = data;
    this.#links = links;
  }

  of(value: unknown, depth: number): unknown {
    if (typeof value !== 'object' || value === null) return value;
    const behind = this.#behind(value);
    if (typeof behind !== 'object' || behind === null) return behind;
    const known = this.#made.get(behind);
    if (this.#open.has(behind)) return value === behind ? known : value;
    if (known !== undefined) return known;
    if (depth > deepest) return value;
    this.#open.add(behind);
    const made = Array.isArray(behind) ? this.#list(behind, depth) : this.#map(behind, depth);
    this.#open.delete(behind);
    return made;
  }

  #list(list: readonly unknown[], depth: number): unknown {
    const made: unknown[] = [];
    this.#made.set(list, made);
    for (const item of list) made.push(this.of(item, depth + 1));
    return made;
  }

  #map(map: object, depth: number): unknown {
    const made = {};
    this.#made.set(map, made);
    for (const [key, inner] of Object.entries(map))
      Object.defineProperty(made, key, {
        value: this.of(inner, depth + 1),
        enumerable: true,
        writable: true,
        configurable: true,
      });
    return made;
  }

  /** What stands at the end of a chain of references. */
  #behind(value: object): unknown {
    let found: unknown = value;
    for (let hops = 0; hops < mostHops; hops += 1) {
      const ref = isObject(found) ? found['$ref'] : undefined;
      if (!isObject(found) || !isString(ref)) return found;
      const isHere = ref === '#' || ref.startsWith('#/');
      const next =
        this.#links.get(found) ?? (isHere ? at(this.#root, parsePointer(ref.slice(1))) : undefined);
      if (next === undefined) return value;
      found = next;
    }
    return value;
  }
}

/** What stands at a path; undefined when there is nothing. */
export function at(root: unknown, path: readonly (string | number)[]): unknown {
  let found: unknown = root;
  for (const segment of path) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, segment)) return undefined;
    found = Reflect.get(found, segment);
  }
  return found;
}
