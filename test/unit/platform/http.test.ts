import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nodeHttp } from '../../../src/platform/node/http';

/** Runs as the first thing of a turn, as a timer or a click does. */
const inTurn = <T>(work: () => Promise<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    setTimeout(() => void work().then(resolve, reject), 1);
  });

const request = { method: 'GET', url: 'http://127.0.0.1:1/' } as const;

test('a request that was left before it began rejects, and throws nowhere else', async () => {
  await assert.rejects(
    inTurn(() => nodeHttp.send(request, AbortSignal.abort())),
    { name: 'AbortError' },
  );
});

test('one that is left in the moment in which it begins rejects as well', async () => {
  await assert.rejects(
    inTurn(() => {
      const leaving = new AbortController();
      const sent = nodeHttp.send(request, leaving.signal);
      leaving.abort();
      return sent;
    }),
    { name: 'AbortError' },
  );
});

test('one that nobody answers rejects with the system’s error', async () => {
  await assert.rejects(
    inTurn(() => nodeHttp.send(request, new AbortController().signal)),
    { code: 'ECONNREFUSED' },
  );
});
