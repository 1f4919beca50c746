/** The configurations of many files, each read once. */
import { dirname } from '../../base/paths';
import type { CodeAccess } from '../code/functions';
import type { Level } from '../engine';
import type { Preset } from '../rule';
import { configAt, configFor, configOf } from './find';
import type { ReadText } from './loading';
import { Plan } from './plan';

export interface ConfigurationsOptions {
  /** What holds where there is no file. */
  readonly preset: Preset;
  /** Holds over everything: what a user says in the settings. */
  readonly severities?: Readonly<Record<string, Level>>;
  /** Instead of looking upward. */
  readonly file?: string | undefined;
  /** Looks for no file at all. */
  readonly isAlone?: boolean;
  /** What runs functions of rule sets that are JavaScript, or why nothing does; off when not given. */
  readonly code?: CodeAccess;
}

export class Configurations {
  readonly #read: ReadText;
  readonly #options: ConfigurationsOptions;
  readonly #byFolder = new Map<string, Promise<Plan>>();

  constructor(read: ReadText, options: ConfigurationsOptions) {
    this.#read = read;
    this.#options = options;
  }

  /** The configuration that holds for a file, given by its absolute path. */
  planFor(path: string): Promise<Plan> {
    const { file, isAlone = false } = this.#options;
    const folder = file !== undefined || isAlone ? '' : dirname(path);
    const known = this.#byFolder.get(folder);
    if (known !== undefined) return known;
    const made = this.#load(folder);
    this.#byFolder.set(folder, made);
    return made;
  }

  async #load(folder: string): Promise<Plan> {
    const { preset, severities, file, isAlone = false, code = 'off' } = this.#options;
    if (isAlone) return new Plan(configOf(preset), severities);
    const loaded =
      file === undefined ? configFor(folder, this.#read, preset, code) : configAt(file, this.#read, code);
    return new Plan(await loaded, severities, code);
  }
}
