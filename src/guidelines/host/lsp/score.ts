import { dirname } from '../../../base/paths';
import { stringAt } from '../../../base/json';
import type { CheckOptions } from '../../engine';
import { Check, optionsIn } from '../../engine';
import type { ProjectFile } from '../../project/file';
import { Project } from '../../project/project';
import type { ScoreTally } from '../../score';
import { tallyOf } from '../../score-tally';
import type { Spec } from '../../spec';
import { finishInSlices } from '../../steps';
import type { Slicing } from '../../steps';
import type { Told } from '../../told';
import { ruleById } from './convert';
import { addressOf, uriAt } from './project';
import type { ServerHost, Session } from './session';

/** Answers what the score of a description is made of, in all its files, open or not; `null` when it is none, or guidelines are off. */
export function serveScore(session: Session, { turns }: ServerHost): void {
  session.connection.onRequest('servicewright/score', async (params: unknown) => {
    const uri = stringAt(params, 'uri') ?? '';
    const slicing = { ...turns, signal: new AbortController().signal };
    return (await new Scorer(session, slicing).score(uri)) ?? null;
  });
}

/** The checks of parts that nobody has open. */
const checks = new WeakMap<Spec, { readonly options: CheckOptions; readonly check: Check }>();

class Scorer {
  readonly #session: Session;
  readonly #slicing: Slicing;

  constructor(session: Session, slicing: Slicing) {
    this.#session = session;
    this.#slicing = slicing;
  }

  score(uri: string): Promise<ScoreTally | undefined> {
    return this.#session.documents.has(uri) ? this.#ofOpen(uri) : this.#ofClosed(uri);
  }

  async #ofOpen(uri: string): Promise<ScoreTally | undefined> {
    for (;;) {
      const checked = await this.#session.check(uri);
      if (checked?.spec?.isPart === false) {
        const parts = this.#session.files.project.partsOf(addressOf(uri) ?? '');
        return tallyOf(
          checked.spec,
          [...checked.told.all, ...(await this.#inParts(parts))].filter(isOfItself),
        );
      }
      if (checked !== undefined || !this.#session.documents.has(uri)) return undefined;
    }
  }

  async #ofClosed(uri: string): Promise<ScoreTally | undefined> {
    const address = addressOf(uri);
    const options = await this.#session.optionsFor(uri);
    if (options === 'off' || address === undefined) return undefined;
    // What is saved is scored by itself, beside what is open.
    const { files } = this.#session;
    const folderOf = (one: string): string => files.project.folderOf(one) ?? dirname(one);
    const project = new Project({
      read: (one) => this.#session.readLinked(uriAt(one), uriAt(folderOf(one))),
      folderOf,
      web: files.web,
    });
    files.web.accessOf(address);
    await files.web.learn();
    project.hold(address);
    for (;;) {
      const wanted = await finishInSlices(project.updateSteps(), this.#slicing);
      if (await files.web.learn()) project.waysChanged();
      else if (wanted.length === 0) break;
      await project.load(wanted);
    }
    const file = project.find(address);
    if (file?.spec === undefined || !file.isDescription) return undefined;
    const own = optionsIn(options, file.spec.version);
    const told = await finishInSlices(new Check(file.spec, own).steps(), this.#slicing);
    return tallyOf(file.spec, [...told.all, ...(await this.#inParts(project.partsOf(address)))]);
  }

  async #inParts(parts: readonly ProjectFile[]): Promise<readonly Told[]> {
    const told: Told[] = [];
    for (const { address, spec } of parts) {
      const all = await this.#session.optionsFor(uriAt(address));
      if (spec === undefined || all === 'off') continue;
      const options = optionsIn(all, spec.version);
      let known = checks.get(spec);
      if (known?.options !== options) known = { options, check: new Check(spec, options) };
      checks.set(spec, known);
      for (const one of (await finishInSlices(known.check.steps(), this.#slicing)).all) told.push(one);
    }
    return told;
  }
}

/** A score is about a description by itself, whatever was before it. */
const isOfItself = ({ rule }: Told): boolean => ruleById.get(rule)?.before === undefined;
