/** The files that `lint` looks at: those that were named, and those that their descriptions go on in. */
import type { CliContext } from '../../../base/cli';
import type { Fault } from '../../../base/ports';
import { dirname, join } from '../../../base/paths';
import { noSuchFile, notASpec } from '../../errors';
import { isIn, pathFrom } from '../../project/address';
import { Project } from '../../project/project';
import type { Spec } from '../../spec';
import { specSteps } from '../../spec';
import { finish } from '../../steps';
import type { Input } from './inputs';
import { absolute, slashed, textOf } from './inputs';
import type { LintOptions } from './options';
import { CliWeb } from './web';

/** One file that is to be checked. */
export interface Opened {
  /** As it was named, or seen from the working folder. */
  readonly path: string;
  /** Absolute. */
  readonly file: string;
  readonly isStdin: boolean;
  readonly spec: Spec;
  /** All that was read. */
  readonly project: Project;
  /** Reads it again after edits, with all that it hangs together with. */
  refresh(): void;
}

/** Reads the inputs and all that they lead to; gives what is a description, or a part of one, in the order of the inputs. */
export async function openAll(
  inputs: readonly Input[],
  options: Pick<LintOptions, 'configurations' | 'isOffline'>,
  context: CliContext,
): Promise<readonly Opened[]> {
  const files = new Files(context, new CliWeb(options, context));
  for (const input of inputs) await files.add(input);
  await files.complete();
  return files.opened();
}

class Files {
  readonly #context: CliContext;
  readonly #web: CliWeb;
  readonly #folders = new Set<string>();
  readonly #project: Project;
  /** Files by names that no link leads to, so that none is told of under two. */
  readonly #real = new Map<string, string>();
  readonly #shown = new Set<string>();
  readonly #inputs: { readonly input: Input; readonly file: string; readonly spec: Spec | undefined }[] = [];

  constructor(context: CliContext, web: CliWeb) {
    this.#context = context;
    this.#web = web;
    this.#project = new Project({
      read: (address) => this.#read(address),
      folderOf: (address) => this.#folderOf(address),
      web,
    });
  }

  async add(input: Input): Promise<void> {
    const { signal, cwd } = this.#context;
    signal.throwIfAborted();
    const text = await textOf(input, this.#context);
    if (text === undefined && input.isNamed) throw noSuchFile(input.path);
    const file = absolute(cwd, input.path);
    // What comes from nowhere has no files around it.
    if (input.isStdin === true && input.path === '-') {
      this.#inputs.push({ input, file, spec: finish(specSteps(text ?? '')) });
      return;
    }
    const spec = this.#project.read(text ?? '');
    this.#folders.add(await this.#topOf(file));
    await this.#look(file);
    this.#project.put(file, spec);
    this.#inputs.push({ input, file, spec });
  }

  async complete(): Promise<void> {
    for (;;) {
      this.#context.signal.throwIfAborted();
      const wanted = finish(this.#project.updateSteps());
      if (await this.#web.learn()) {
        this.#project.waysChanged();
        continue;
      }
      if (wanted.length === 0) return;
      await this.#project.load(wanted);
    }
  }

  opened(): readonly Opened[] {
    const opened = new Map<string, Opened>();
    const add = (one: Omit<Opened, 'refresh' | 'project'>): void => {
      const known = opened.get(one.file);
      if (known === undefined || one.isStdin) opened.set(one.isStdin ? '-' : one.file, this.#opened(one));
    };
    for (const { input, file, spec } of this.#inputs) {
      const isStdin = input.isStdin === true;
      if (this.#isChecked(file, spec)) add({ path: input.path, file, isStdin, spec });
      else if (input.isNamed) throw notASpec(input.path);
    }
    for (const file of opened.keys()) this.#shown.add(this.#real.get(file) ?? file);
    // Parts come behind their descriptions, under the names by which they were given, if they were.
    return [...opened.values()].flatMap((one) => [one, ...this.#partsOf(one)]);
  }

  #partsOf({ file }: Opened): readonly Opened[] {
    return this.#project.partsOf(file).flatMap(({ address, spec }) => {
      const real = this.#real.get(address) ?? address;
      if (spec === undefined || this.#shown.has(real)) return [];
      this.#shown.add(real);
      return [this.#opened({ path: this.#pathOf(address), file: address, isStdin: false, spec })];
    });
  }

  #opened(one: Omit<Opened, 'refresh' | 'project'>): Opened {
    return { ...one, project: this.#project, refresh: () => this.#refresh(one) };
  }

  #isChecked(file: string, spec: Spec | undefined): spec is Spec {
    if (spec === undefined) return false;
    const known = this.#project.find(file);
    return known?.spec !== spec || known.isDescription || spec.isPart;
  }

  #refresh({ spec }: Pick<Opened, 'spec'>): void {
    if (spec.others === undefined) finish(spec.updateSteps());
    else finish(this.#project.updateSteps());
  }

  #pathOf(address: string): string {
    const cwd = slashed(this.#context.cwd, this.#context.cwd);
    return pathFrom(`${cwd}/.`, address);
  }

  async #read(address: string): Promise<string | undefined | Fault> {
    await this.#look(address);
    return this.#context.inside.read(address, this.#folderOf(address));
  }

  async #look(file: string): Promise<void> {
    this.#real.set(file, (await this.#context.inside.real(file)) ?? file);
  }

  #folderOf(address: string): string {
    const around = [...this.#folders].filter((folder) => isIn(folder, address));
    return around.toSorted((a, b) => b.length - a.length)[0] ?? dirname(address);
  }

  /** References stay in the repository that a file is in; where there is none, below the working folder, or the folder of the file. */
  async #topOf(file: string): Promise<string> {
    for (let folder = dirname(file); ; folder = dirname(folder)) {
      if ((await this.#context.files.kind(join(folder, '.git'))) !== undefined) return folder;
      if (folder === '' || dirname(folder) === folder) break;
    }
    const cwd = slashed(this.#context.cwd, this.#context.cwd);
    return isIn(cwd, file) ? cwd : dirname(file);
  }
}
