import { MessageChannel, Worker, receiveMessageOnPort } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import type { CodeReply, CodeRunner } from '../../base/code-runner';
import { codeState } from './code-state';

const megabytes = { maxOldGenerationSizeMb: 192, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 };

/** Files that are written as ES modules without saying so are read as such; newer versions of Node do that by themselves. */
const detecting = '--experimental-detect-module';

interface Running {
  readonly worker: Worker;
  readonly port: MessagePort;
  readonly state: Int32Array;
}

/** Runs the script at `script` in a worker thread and waits for its answers without letting the event loop turn. */
export function createCodeRunner(script: string): CodeRunner {
  let running: Running | undefined;
  let lives = 0;
  const end = (): void => {
    const ended = running;
    running = undefined;
    ended?.port.close();
    // It ends when it ends; who waits for nothing more need not wait for that.
    void ended?.worker.terminate();
  };
  return {
    get life() {
      return running === undefined ? 0 : lives;
    },
    end,
    ask(question, most, whole): CodeReply {
      const start = performance.now();
      if (running === undefined) {
        running = started(script);
        lives += 1;
      }
      const { state, port } = running;
      if (Atomics.load(state, 0) !== codeState.ended) Atomics.store(state, 0, codeState.asked);
      Atomics.store(state, 1, 0);
      port.postMessage(question);
      const steps = waited(state, { most, until: start + whole });
      const message: { readonly message: unknown } | undefined = receiveMessageOnPort(port);
      const took = performance.now() - start;
      if (message !== undefined) return { kind: 'answer', value: message.message, took };
      const isEnded = Atomics.load(state, 0) === codeState.ended;
      end();
      return { kind: isEnded ? 'ended' : 'late', took, steps };
    },
  };
}

/** Waits for an answer as long as each step takes no longer than it may; gives how many steps were done. */
function waited(
  state: Int32Array,
  { most, until }: { readonly most: number; readonly until: number },
): number {
  for (let done = 0; ;) {
    const left = Math.min(most, until - performance.now());
    const isOver = left <= 0 || Atomics.wait(state, 0, codeState.asked, left) !== 'timed-out';
    const now = Atomics.load(state, 1);
    if (isOver || now === done) return now;
    done = now;
  }
}

function started(script: string): Running {
  const state = new Int32Array(new SharedArrayBuffer(8));
  const { port1, port2 } = new MessageChannel();
  const worker = new Worker(script, {
    workerData: { state, port: port2 },
    transferList: [port2],
    env: {},
    argv: [],
    execArgv: process.allowedNodeEnvironmentFlags.has(detecting) ? [detecting] : [],
    resourceLimits: megabytes,
    stdin: false,
    stdout: true,
    stderr: true,
  });
  // Its streams are not read, which would keep this process alive: what it prints it throws away itself.
  // That it failed is seen by who waits for an answer.
  worker.on('error', () => undefined);
  worker.unref();
  port1.unref();
  return { worker, port: port1, state };
}
