/**
 * Who opens a part of a description wants it checked, though nobody opened the description: once a session, the files of the workspace
 * are looked through for descriptions that go on in other files.
 */
import { isObject, isString } from '../../../base/json';
import { looksLikeSpec } from '../../detect';
import { addressOf } from './project';
import type { Session } from './session';

/** A reference to another file. */
const leadsOut = /\$ref["']?[ \t]*:[ \t]*["']?[^\s"'#]/;
/** Files that are read at a time. */
const atOnce = 16;

export class Crawl {
  readonly #session: Session;
  #looked: Promise<void> | undefined;

  constructor(session: Session) {
    this.#session = session;
  }

  /** To be called when a document was opened: one that is no description may be a part of one. */
  opened(uri: string, text: string): void {
    if (addressOf(uri) !== undefined && !looksLikeSpec(text)) this.begin();
  }

  /** Looks through the workspace, if nobody did so yet, and does not wait for it. */
  begin(): void {
    this.#session.safely(() => this.done());
  }

  /** Resolves when everything is known that refers to something in the workspace. */
  done(): Promise<void> {
    if (!this.#session.client.findsFiles) return Promise.resolve();
    return (this.#looked ??= this.#look());
  }

  /** To be called when a file changed on disk: it may have become a description. */
  changed(uri: string): void {
    const looked = this.#looked;
    if (looked === undefined || !/\.(?:ya?ml|json)$/i.test(uri)) return;
    this.#session.safely(async () => {
      await looked;
      if (await this.#hold(uri)) this.#again();
    });
  }

  async #look(): Promise<void> {
    const answer: unknown = await this.#session.connection.sendRequest('servicewright/findFiles');
    const listed: unknown = isObject(answer) ? answer['uris'] : undefined;
    const uris = Array.isArray(listed) ? listed.filter(isString) : [];
    let isNews = false;
    for (let at = 0; at < uris.length; at += atOnce) {
      const held = await Promise.all(uris.slice(at, at + atOnce).map((uri) => this.#hold(uri)));
      isNews ||= held.includes(true);
    }
    if (isNews) this.#again();
  }

  /** What was checked, or left alone, may be a part of what was found. */
  #again(): void {
    this.#session.checker.reset();
    this.#session.linked.again();
  }

  /** Keeps a description that leads to other files; gives whether it is one that was not known. */
  async #hold(uri: string): Promise<boolean> {
    const address = addressOf(uri);
    const { project } = this.#session.files;
    if (address === undefined || project.find(address)?.isDescription === true) return false;
    const text = await this.#session.readPart(uri);
    if (text === undefined || !looksLikeSpec(text) || !leadsOut.test(text)) return false;
    this.#session.files.edited();
    project.hold(address);
    return true;
  }
}
