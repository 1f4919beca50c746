import fs from 'node:fs';
import { createRequire } from 'node:module';
import { nodeTrees } from '../../src/platform/node/trees';
import { editsOf, texts } from './tree-texts';

/**
 * A process that changes a folder and kills itself (SIGKILL, as the system would) before the step whose number it is given: a step is
 * any call that changes the disk. It ends with 0 when it has fewer steps.
 */
const [, , dir = '', number = ''] = process.argv;
const step = Number(number);
const promises: Record<string, unknown> = createRequire(__filename)('node:fs/promises');
let count = 0;

function counted<A extends readonly unknown[], R>(call: (...args: A) => R): (...args: A) => R {
  return function counting(this: unknown, ...args: A): R {
    if (count++ === step) process.kill(process.pid, 'SIGKILL');
    return Reflect.apply(call, this, args);
  };
}

type Call = (...args: readonly unknown[]) => unknown;
for (const name of ['mkdir', 'rename', 'unlink', 'rmdir', 'chmod', 'rm'])
  promises[name] = counted(promises[name] as Call);
const opened = promises['open'] as (...args: readonly unknown[]) => Promise<Record<string, unknown>>;
promises['open'] = counted(async (...args: readonly unknown[]) => {
  const handle = await opened(...args);
  for (const name of ['writeFile', 'sync']) handle[name] = counted(handle[name] as Call);
  return handle;
});

void nodeTrees
  .change(dir, editsOf(texts), { signal: new AbortController().signal })
  .then(() => fs.writeSync(1, String(count)));
