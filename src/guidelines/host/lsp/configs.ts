/** Which configuration holds for each document. */
import { dirname } from '../../../base/paths';
import type { CodeAccess } from '../../code/functions';
import { Configurations } from '../../config/configurations';
import { isConfigPath } from '../../config/names';
import type { Plan } from '../../config/plan';
import type { CheckOptions } from '../../engine';
import type { GuidelineSettings } from './options';
import type { CodeOf } from './code';
import type { Place } from './places';
import { placeOf, uriOf } from './places';

const isCode = (path: string): boolean => /\.[cm]?js$/.test(path);

/** The text of a file by its URI; undefined when there is none. */
export type ReadUri = (uri: string) => Promise<string | undefined>;

export class Configs {
  readonly #read: ReadUri;
  readonly #code: CodeOf;
  readonly #known = new Map<string, Configurations>();
  /** Addresses of everything that was read or looked for. */
  readonly #seen = new Set<string>();

  constructor(read: ReadUri, code: CodeOf) {
    this.#read = read;
    this.#code = code;
  }

  /** What runs functions of rule sets for a file system, or why nothing does. */
  codeFor({ root }: Pick<Place, 'root'>, { runsFunctions }: GuidelineSettings): CodeAccess {
    return this.#code.accessFor(root, runsFunctions);
  }

  async planFor(uri: string, settings: GuidelineSettings): Promise<Plan> {
    const place = placeOf(uri);
    if (place === undefined) return this.#alone(settings);
    const key = `${place.root} ${JSON.stringify(settings)}`;
    let known = this.#known.get(key);
    if (known === undefined) {
      const read = (path: string): Promise<string | undefined> => {
        const address = uriOf({ root: place.root, path });
        this.#seen.add(address);
        return this.#read(address);
      };
      known = new Configurations(read, { ...settings, code: this.codeFor(place, settings) });
      this.#known.set(key, known);
    }
    return known.planFor(place.path);
  }

  /** How a document is checked: the same object until a configuration changes. */
  async optionsFor(uri: string, settings: GuidelineSettings): Promise<CheckOptions> {
    const plan = await this.planFor(uri, settings);
    return plan.optionsFor(placeOf(uri)?.path ?? uri);
  }

  /** Whether a change of a file can change what holds for others. */
  isConcerned(uri: string): boolean {
    const place = placeOf(uri);
    if (place === undefined) return false;
    return isConfigPath(place.path) || this.#seen.has(uriOf(place)) || this.#isBesideCode(place);
  }

  /** Functions may import what stands beside them, and below. */
  #isBesideCode({ root, path }: Place): boolean {
    if (!isCode(path)) return false;
    const folder = uriOf({ root, path: dirname(path) });
    return [...this.#seen].some((one) => isCode(one) && `${folder}/`.startsWith(`${dirname(one)}/`));
  }

  forget(): void {
    this.#code.forget();
    this.#known.clear();
    this.#seen.clear();
  }

  #alone(settings: GuidelineSettings): Promise<Plan> {
    const key = JSON.stringify(settings);
    const known =
      this.#known.get(key) ??
      new Configurations(() => Promise.resolve(undefined), { ...settings, isAlone: true });
    this.#known.set(key, known);
    return known.planFor('/');
  }
}
