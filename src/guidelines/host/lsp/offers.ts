/** What the files of the workspace have to offer to references, read when somebody writes one. */
import { isObject, isString } from '../../../base/json';
import { isIn } from '../../project/address';
import type { Offering } from '../../language/offers';
import { offeringOf } from '../../language/offers';
import { addressOf } from './project';
import type { Session } from './session';

/** Files that are read at a time, so that others have their turn. */
const atOnce = 8;
/** Milliseconds that somebody waits who writes a reference; what is read later is offered with the next letter. */
const patience = 1000;

export class Offers {
  readonly #session: Session;
  readonly #known = new Map<string, Offering>();
  #reading: Promise<void> | undefined;
  #isDone = false;

  constructor(session: Session) {
    this.#session = session;
  }

  /** To be called when a file was written, made or removed. */
  changed(uri: string): void {
    const address = addressOf(uri);
    const before = this.#reading;
    if (before === undefined || address === undefined || !/\.(?:ya?ml|json)$/i.test(uri)) return;
    const reading = before.then(() => this.#read(uri, address));
    this.#reading = reading;
    this.#session.safely(() => reading);
  }

  /** What there is for references in a file; `isAll` when everything was read by now. */
  async for(uri: string): Promise<{ readonly offerings: readonly Offering[]; readonly isAll: boolean }> {
    const from = addressOf(uri);
    if (from === undefined || !this.#session.client.findsFiles) return { offerings: [], isAll: true };
    this.#reading ??= this.#readAll();
    await Promise.race([this.#reading, pause(patience)]);
    const folder = this.#session.files.project.folderOf(from);
    const offerings = [...this.#known.values()].filter(
      ({ address }) => folder === undefined || isIn(folder, address),
    );
    return { offerings, isAll: this.#isDone };
  }

  async #readAll(): Promise<void> {
    try {
      const answer: unknown = await this.#session.connection.sendRequest('servicewright/findFiles');
      const listed: unknown = isObject(answer) ? answer['uris'] : undefined;
      const uris = Array.isArray(listed) ? listed.filter(isString) : [];
      for (let at = 0; at < uris.length; at += atOnce)
        await Promise.all(uris.slice(at, at + atOnce).map((uri) => this.#read(uri, addressOf(uri) ?? uri)));
      this.#isDone = true;
    } catch (error) {
      this.#reading = undefined;
      throw error;
    }
  }

  async #read(uri: string, address: string): Promise<void> {
    const text = await this.#session.readPart(uri);
    const offering = text === undefined ? undefined : offeringOf(address, text);
    if (offering === undefined || offering.offers.length === 0) this.#known.delete(address);
    else this.#known.set(address, offering);
  }
}

function pause(time: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, time).unref?.());
}
