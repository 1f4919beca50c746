import * as nodeModule from 'node:module';
import { dirname, join } from 'node:path';
import { cacheFolder } from '../platform/node/cache-folder';
import { tune } from '../platform/node/v8';

/** Keeps what V8 makes of our scripts from one command to the next, where Node can (22.1 and newer). */
function keepCompiled(): void {
  const enable: unknown = Reflect.get(nodeModule, 'enableCompileCache');
  if (typeof enable === 'function')
    Reflect.apply(enable, nodeModule, [join(cacheFolder(process.env), 'compiled')]);
}

async function main(): Promise<void> {
  // A command runs for a second or two, and hundreds of rules are each warm for a moment: compiling them to the best of machine code
  // costs more than it brings back. Functions have to run for longer before that, and take few others in.
  tune('interrupt-budget', 200000);
  tune('max-inlined-bytecode-size-cumulative', 100);
  // What a command makes it mostly keeps until it ends: a larger nursery, sooner, copies less of it about.
  tune('semi-space-growth-factor', 4);
  keepCompiled();
  // Only now: what is loaded before is compiled each time.
  const { commandLine } = await import('./command-line');
  process.exitCode = await commandLine(process.argv.slice(2), dirname(__dirname));
}

void main();
