import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import {
  StreamMessageReader,
  StreamMessageWriter,
  createProtocolConnection,
} from 'vscode-languageserver-protocol/node';
import { serveGuidelines } from '../guidelines/host/lsp';
import { createCodeRunner } from '../platform/node/code-runner';
import { nodeFiles } from '../platform/node/files';
import { nodeInside } from '../platform/node/inside';
import { nodeProcesses } from '../platform/node/processes';
import { createWeb } from '../platform/node/web';
import { tune } from '../platform/node/v8';

// Each edit of a large description leaves a few megabytes behind. By itself V8 would let three times of what is in use pile up.
tune('heap-growing-percent', 25);
// Most rules run for a moment when a description is opened: machine code of the best kind comes too late for that, and costs a third of it.
tune('interrupt-budget', 200000);
tune('max-inlined-bytecode-size-cumulative', 100);

/** `/c:/…` of a URI is `c:/…` on Windows. */
const systemPath = (path: string): string => path.replace(/^\/(?=[A-Za-z]:)/, '');

/** The language server, over stdio. */
serveGuidelines({
  connection: createProtocolConnection(
    new StreamMessageReader(process.stdin),
    new StreamMessageWriter(process.stdout),
  ),
  turns: {
    now: () => performance.now(),
    pause: () => setImmediate(),
    slice: 8,
  },
  readFile: (path) => nodeFiles.readText(systemPath(path)),
  readInside: (path, folder) => nodeInside.read(systemPath(path), systemPath(folder)),
  processes: nodeProcesses,
  web: createWeb(),
  code: createCodeRunner(join(__dirname, 'code-worker.js')),
  exit: (code) => process.exit(code),
});
