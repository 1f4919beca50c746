// A bundle of its own: runs in a worker thread, where functions of rule sets are loaded and called. It must hold no rule and no secret.
import { pathToFileURL } from 'node:url';
import { workerData } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import type { Question } from '../guidelines/code/messages';
import { Desk } from '../guidelines/code/worker/desk';
import { codeState } from '../platform/node/code-state';
import { always, packages } from '../guidelines/code/worker/core';
import { standIn } from '../platform/node/stand-ins';
import { silence } from '../platform/node/silence';

const { port, state } = workerData as { readonly port: MessagePort; readonly state: Int32Array };

silence();
standIn({ packages, always });
// `/c:/…` of a URI is `c:/…` on Windows.
const desk = new Desk(
  (file) => import(pathToFileURL(file.replace(/^\/(?=[A-Za-z]:)/, '')).href),
  () => Atomics.add(state, 1, 1),
);

function tell(now: number): void {
  Atomics.store(state, 0, now);
  Atomics.notify(state, 0);
}

port.on('message', (question: Question) => {
  void desk.answer(question).then((answer) => {
    port.postMessage(answer);
    tell(codeState.answered);
  });
});
// A function that calls process.exit ends this thread alone; who waits is told at once.
process.on('exit', () => tell(codeState.ended));
