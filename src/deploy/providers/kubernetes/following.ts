import { UserError } from '../../../base/errors';
import { Bell } from './bell';
import { keys, pathsIn, recordName } from './names';
import { deploymentsOf, inOrder, podsOf } from './reading';
import type { Rolling } from './rolling';
import { Source } from './source';
import type { Deployment, KubeSecret, Pod } from './wire';
import { readSecret } from './wire';

/** What is to be seen of a roll out. */
export interface Scene {
  readonly deployments: readonly Deployment[];
  readonly pods: readonly Pod[];
  /** Whether somebody wants it to end. That this can't be asked is no yes. */
  readonly isCancelled: boolean;
}

/** All that a roll out is looked at by, kept up to date by watches where they are allowed. */
export class Following {
  readonly #bell = new Bell();
  readonly #rolling: Rolling;
  readonly #deployments: Source<Deployment>;
  readonly #pods: Source<Pod>;
  readonly #record: Source<KubeSecret>;

  constructor(rolling: Rolling) {
    const { parts, client, target, record } = rolling;
    const on = { parts, client, bell: this.#bell };
    this.#rolling = rolling;
    this.#deployments = new Source(on, deploymentsOf(client, target));
    this.#pods = new Source(on, podsOf(client, target, 'process'));
    this.#record = new Source(on, {
      what: 'look at the release',
      path: pathsIn(client.namespace).secrets,
      query: `fieldSelector=${encodeURIComponent(`metadata.name=${recordName(target.app, record.version)}`)}`,
      read: readSecret,
    });
  }

  /** Throws a UserError where it can't be looked at just now. */
  async look(): Promise<Scene> {
    const { signal } = this.#rolling;
    const [deployments, pods, isCancelled] = await Promise.all([
      this.#deployments.look(signal),
      this.#pods.look(signal),
      this.#isCancelled(),
    ]);
    return { deployments, pods: inOrder(pods), isCancelled };
  }

  /** Until something changes, or until it is time to look all the same. */
  async wait(): Promise<void> {
    const { parts, signal } = this.#rolling;
    await this.#bell.wait(parts.pause, parts.patience.lookEveryMs, signal);
  }

  /** What was seen until now was seen before something was done. */
  forget(): void {
    for (const source of [this.#deployments, this.#pods]) source.forget();
  }

  close(): void {
    for (const source of [this.#deployments, this.#pods, this.#record]) source.close();
  }

  async #isCancelled(): Promise<boolean> {
    try {
      const [secret] = await this.#record.look(this.#rolling.signal);
      return secret?.annotations[keys.cancel] !== undefined;
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      return false;
    }
  }
}
