import assert from 'node:assert/strict';
import process from 'node:process';
import { describe, test } from 'node:test';
import { inTurn, output, say } from '../../editor/output';

/** Takes what is told instead of the terminal: a turn that has come already writes through to the one around it. */
async function told(work: () => Promise<void>): Promise<string> {
  const texts: string[] = [];
  const write = process.stdout.write.bind(process.stdout);
  process.stdout.write = (text: string | Uint8Array): boolean => {
    texts.push(String(text));
    return true;
  };
  try {
    await work();
  } finally {
    process.stdout.write = write;
  }
  return texts.join('');
}

describe('what two lanes tell', () => {
  test('comes one lane after the other, although they work at once', async () => {
    const text = await told(async () => {
      let end = (): void => undefined;
      const first = new Promise<void>((done) => (end = done));
      const second = inTurn(first, async () => {
        say('second, early');
        await first;
        say('second, late');
      });
      say('first, early');
      await Promise.resolve();
      say('first, late');
      end();
      await second;
    });
    assert.deepEqual(text.split('\n'), ['first, early', 'first, late', 'second, early', 'second, late', '']);
  });

  test('is not lost when a lane before or the work itself fails', async () => {
    const text = await told(async () => {
      const failing = Promise.reject(new Error('the lane before'));
      const work = async (): Promise<void> => {
        say('kept');
        await Promise.resolve();
        throw new Error('the work');
      };
      await assert.rejects(inTurn(failing, work), /the work/);
    });
    assert.equal(text, 'kept\n');
  });

  test('goes where it was to go when the work began, also from a handler that knows nothing of it', async () => {
    const text = await told(async () => {
      let end = (): void => undefined;
      const turn = new Promise<void>((done) => (end = done));
      let write = output();
      const work = inTurn(turn, async () => {
        write = output();
        await Promise.resolve();
      });
      write('held\n', process.stdout);
      process.stdout.write('before\n');
      end();
      await work;
    });
    assert.equal(text, 'before\nheld\n');
  });
});
