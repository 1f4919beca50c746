import { isObject, stringAt } from '../../../base/json';
import type { DeployEvent } from '../../event';

type Message = Readonly<Record<string, unknown>>;

interface Layer {
  readonly done: number;
  readonly total: number;
}

/**
 * What Docker says while the server pulls an image: each layer tells its own bytes, many times a second. All layers make one amount, which
 * never grows smaller, and a layer's word is told when it is another than the one before.
 */
export class Pull {
  readonly #layers = new Map<string, Layer>();
  readonly #said = new Map<string, string>();
  #done = 0;

  /** The events of one message; none where it says nothing new. */
  take(message: Message): readonly DeployEvent[] {
    const id = stringAt(message, 'id') ?? '';
    const text = stringAt(message, 'status') ?? stringAt(message, 'stream') ?? '';
    return [...this.#progress(id, message), ...this.#line(id, text.trimEnd())];
  }

  #progress(id: string, { progressDetail, status }: Message): readonly DeployEvent[] {
    const layer = isObject(progressDetail) ? layerOf(progressDetail) : undefined;
    // The unpacking of a layer counts its bytes once more.
    if (!layer || (typeof status === 'string' && /^(Extracting|Verifying)/.test(status))) return [];
    this.#layers.set(id, layer);
    const layers = [...this.#layers.values()];
    const sum = (of: (one: Layer) => number): number => layers.reduce((all, one) => all + of(one), 0);
    this.#done = Math.max(
      this.#done,
      sum((one) => Math.min(one.done, one.total)),
    );
    return [
      {
        type: 'progress',
        done: this.#done,
        total: Math.max(
          this.#done,
          sum((one) => one.total),
        ),
      },
    ];
  }

  #line(id: string, text: string): readonly DeployEvent[] {
    if (text === '' || (id !== '' && this.#said.get(id) === text)) return [];
    this.#said.set(id, text);
    return [{ type: 'log', text: id === '' ? text : `${id}: ${text}` }];
  }
}

/** A size that is not known is 0 or less. */
function layerOf({ current, total }: Message): Layer | undefined {
  if (typeof current !== 'number' || typeof total !== 'number' || !(total > 0)) return undefined;
  return { done: Math.max(0, current), total };
}
