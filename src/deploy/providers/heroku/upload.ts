import { isAbort } from '../../../base/errors';
import type { Archive } from '../../../base/ports';
import type { DeployEvent } from '../../event';
import { notTheApi } from '../../errors/api';
import { uploadFailed } from '../../errors/heroku';
import { originOf } from '../api';
import { parseJson, textOf } from '../lines';
import type { Client, HerokuParts } from './client';
import { callOf } from './client';
import { readSource } from './wire';

/** Where Heroku finds the source afterwards. */
export interface Uploaded {
  readonly url: string;
}

interface Upload {
  readonly parts: HerokuParts;
  readonly client: Client;
  readonly archive: Archive;
  readonly signal: AbortSignal;
}

/**
 * Puts the source where Heroku reads it, telling how far it is. It changes nothing of the app and may be repeated: the same bytes under
 * the same address. Throws UserError.
 */
export async function* upload(at: Upload): AsyncGenerator<DeployEvent, Uploaded> {
  const { client, archive, parts, signal } = at;
  const call = callOf('take the source', 'POST', '/sources', { body: {} });
  const source = readSource(parseJson(await client.change(call, signal)));
  if (!source) throw notTheApi(client.where, 200);
  client.hide(source.put);
  client.hide(source.get);
  let last = '';
  for (const wait of [...parts.patience.retriesMs, undefined]) {
    const sent = new Sent(archive.length);
    const work = put(at, source.put, sent);
    yield* sent.follow(work);
    const why = await work;
    if (why === undefined) return { url: source.get };
    last = why.said;
    if (why.isFinal || wait === undefined) break;
    await parts.pause(wait, signal);
  }
  throw uploadFailed(last);
}

interface Refused {
  readonly said: string;
  readonly isFinal: boolean;
}

/** Undefined when it went well. Nothing is thrown but AbortError and the system's own errors of reading the archive. */
async function put(
  { parts, archive, signal }: Upload,
  url: string,
  sent: Sent,
): Promise<Refused | undefined> {
  const stalled = new AbortController();
  const watch = sent.watch(parts.patience.uploadMs, () => stalled.abort());
  const where = originOf(url);
  try {
    const response = await parts.http.send(
      {
        method: 'PUT',
        url,
        // The address is signed without a type and without our token.
        headers: { 'content-type': '' },
        body: { length: archive.length, read: () => sent.counted(archive.read()) },
      },
      AbortSignal.any([signal, stalled.signal]),
    );
    await textOf(response.body);
    if (response.status >= 200 && response.status < 300) return undefined;
    const isFinal = response.status < 500 && response.status !== 429 && response.status !== 408;
    return { said: `${where} answered ${response.status}`, isFinal };
  } catch (error) {
    signal.throwIfAborted();
    if (stalled.signal.aborted) return { said: `${where} took nothing more`, isFinal: false };
    if (isAbort(error)) throw error;
    return { said: `the connection to ${where} ended`, isFinal: false };
  } finally {
    clearInterval(watch);
  }
}

/** How much of an upload was sent. */
class Sent {
  readonly #total: number;
  #done = 0;
  #wake: () => void = () => undefined;

  constructor(total: number) {
    this.#total = total;
  }

  async *counted(bytes: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
    this.#done = 0;
    for await (const chunk of bytes) {
      yield chunk;
      this.#done += chunk.length;
      this.#wake();
    }
  }

  /** Tells each hundredth until `work` is done. */
  async *follow(work: Promise<unknown>): AsyncIterable<DeployEvent> {
    let isOver = false;
    let told = -1;
    const end = (): void => {
      isOver = true;
      this.#wake();
    };
    void work.then(end, end);
    while (!isOver) {
      await new Promise<void>((woken) => (this.#wake = woken));
      const part = Math.floor((100 * this.#done) / Math.max(1, this.#total));
      if (part === told) continue;
      told = part;
      yield { type: 'progress', done: this.#done, total: this.#total };
    }
  }

  /** Calls when nothing moved for `ms`. */
  watch(ms: number, stalled: () => void): ReturnType<typeof setInterval> {
    let before = -1;
    return setInterval(() => {
      if (this.#done === before) stalled();
      before = this.#done;
    }, ms);
  }
}
