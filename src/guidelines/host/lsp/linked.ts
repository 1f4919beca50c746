/** Has documents checked again when another file of theirs has changed. */
import { CodeLensRefreshRequest } from 'vscode-languageserver-protocol';
import { checkAgain } from './documents';
import { addressOf } from './project';
import type { Session } from './session';

/** Milliseconds without a change before other documents are checked again: what is typed in goes first. */
const quiet = 150;

export class Linked {
  readonly #session: Session;
  #shape = 0;
  /** Called when files belong together that did not, or no longer do. */
  onReshaped: () => void = () => undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(session: Session) {
    this.#session = session;
  }

  /** To be called before a document takes an edit, and when a file changed on disk. */
  changed(uri: string): void {
    const address = addressOf(uri);
    if (address === undefined) return;
    const around = this.#session.files.project.around(address);
    if (around.size < 2) return;
    const others = [...this.#session.documents.keys()].filter(
      (one) => one !== uri && around.has(addressOf(one) ?? ''),
    );
    for (const other of others) this.#session.checker.forget(other);
    if (others.length > 0) this.#soon();
  }

  /** To be called after a check: what belongs together may be something else than before. */
  checked(uri: string): void {
    const { shape } = this.#session.files.project;
    if (shape === this.#shape) return;
    this.#shape = shape;
    this.onReshaped();
    const others = [...this.#session.documents.keys()].filter((one) => one !== uri);
    for (const other of others) this.#session.checker.forget(other);
    if (others.length > 0) this.#soon();
  }

  #soon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.again(), quiet);
    this.#timer.unref?.();
  }

  /** Has everything asked for again that was told of open documents. */
  again(): void {
    checkAgain(this.#session);
    const { client, connection } = this.#session;
    if (client.canRefreshLenses)
      this.#session.safely(() => connection.sendRequest(CodeLensRefreshRequest.type));
  }
}
