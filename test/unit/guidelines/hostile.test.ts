import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { Worker, isMainThread, parentPort } from 'node:worker_threads';
import { allRules, checkSpec } from '../../../src/guidelines';
import { hostileTexts } from './hostile-texts';

/** So long no text may take: most take a hundredth of it, and one in which work grows with the square of its size takes hours. */
const patience = 60_000;

/** A thread that checks one text after the other; it is ended, and another made, when one takes too long. */
class Thread {
  #worker: Worker | undefined;

  messagesOf(at: number): Promise<readonly string[]> {
    const worker = (this.#worker ??= new Worker(__filename));
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.stop();
        reject(new Error(`The check was not done after ${patience / 1000} seconds.`));
      }, patience);
      const failed = (error: Error): void => {
        clearTimeout(timer);
        this.stop();
        reject(error);
      };
      worker.once('error', failed);
      worker.once('message', (messages: readonly string[]) => {
        clearTimeout(timer);
        worker.off('error', failed);
        resolve(messages);
      });
      worker.postMessage(at);
    });
  }

  stop(): void {
    void this.#worker?.terminate();
    this.#worker = undefined;
  }
}

function check(at: number): readonly string[] {
  const { text = '' } = hostileTexts[at] ?? {};
  return checkSpec(text, { rules: allRules }).map(({ rule, message }) => `${rule}: ${message}`);
}

if (isMainThread)
  describe('a hostile text is checked in bounded work', () => {
    const thread = new Thread();
    after(() => thread.stop());
    for (const [at, { name, tells = /./ }] of hostileTexts.entries())
      test(name, async () => {
        const messages = await thread.messagesOf(at);
        const broken = messages.filter((one) => one.includes('did not finish'));
        assert.deepEqual(broken, []);
        assert.ok(
          messages.some((one) => tells.test(one)),
          messages.slice(0, 5).join('\n'),
        );
      });
  });
else parentPort?.on('message', (at: number) => parentPort?.postMessage(check(at)));
