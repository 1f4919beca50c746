import { setImmediate } from 'node:timers/promises';
import {
  StreamMessageReader,
  StreamMessageWriter,
  createProtocolConnection,
} from 'vscode-languageserver-protocol/node';
import { serveGuidelines } from '../guidelines/host/lsp';

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
  exit: (code) => process.exit(code),
});
