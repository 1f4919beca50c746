import { constants } from 'node:os';
import process from 'node:process';
import { archiveTemplate } from './archive';
import { isGreen, type Counts } from './counts';
import { buildExtension } from './build';
import { checkAll } from './check';
import { runElectronSuite } from './electron';
import { tell } from './failure';
import { checkGenerated, generate } from './generate';
import { kinds, platforms, runAll, templates } from './kinds';
import { runNodeTests } from './node-tests';
import { runBenches } from './benches';
import { runForUser } from './run-for-user';
import { ensure } from './system';

type Command = {
  readonly usage: string;
  readonly does: string;
  run(args: readonly string[]): Promise<number>;
};

const judged = async (counts: Promise<Counts>): Promise<number> => (isGreen(await counts) ? 0 : 1);
const quick = ['test/unit', 'test/golden', 'test/contract'];

const commands: Readonly<Record<string, Command>> = {
  unit: {
    usage: 'unit [part of a path]…',
    does: 'unit, golden and contract tests',
    run: (filters) => judged(runNodeTests({ folders: quick, filters, minutes: 2 })),
  },
  protocol: {
    usage: 'protocol [part of a path]…',
    does: 'tests that talk to the built bundles',
    run: (filters) => judged(kinds.protocol.run(filters)),
  },
  host: {
    usage: 'host [part of a path]…',
    does: 'the suite inside the extension host of a real editor',
    run: (filters) => judged(kinds.host.run(filters)),
  },
  e2e: {
    usage: 'e2e [part of a path]…',
    does: 'journeys in a browser, with pictures in out/screenshots',
    run: (filters) => judged(kinds.e2e.run(filters)),
  },
  templates: {
    usage: 'templates [part of a path]…',
    does: 'every combination of what templates make: installed, checked, built and run',
    run: (filters) => judged(templates.run(filters)),
  },
  platforms: {
    usage: 'platforms [part of a path]…',
    does: 'deploys to real servers of platforms: a Kubernetes API built from its sources',
    run: (filters) => judged(platforms.run(filters)),
  },
  electron: {
    usage: 'electron',
    does: 'the in-host suite in a downloaded VS Code',
    run: () => judged(runElectronSuite()),
  },
  all: {
    usage: 'all',
    does: 'every test of every kind',
    run: async () => {
      await ensure('service', 'build-editor', 'browser');
      return runAll();
    },
  },
  bench: { usage: 'bench [part of a path]…', does: 'the benchmarks, with their figures', run: runBenches },
  build: {
    usage: 'build',
    does: 'the bundles in out, as they ship',
    run: async () => {
      await buildExtension();
      return 0;
    },
  },
  gen: { usage: 'gen', does: 'writes every generated file', run: generate },
  'archive-template': {
    usage: 'archive-template <id>',
    does: 'keeps the present version of a bundled template for later updates',
    run: archiveTemplate,
  },
  check: { usage: 'check', does: 'generated files, types, lint, format, dead code', run: checkAll },
  'clean-tree': { usage: 'clean-tree', does: 'fails when a generated file is stale', run: checkGenerated },
  run: { usage: 'run', does: 'an editor with the extension and a sample workspace', run: runForUser },
};

/** Does what the arguments ask for and gives the exit code: 0 fine, 1 something failed, 2 wrong use. */
export async function main(argv: readonly string[]): Promise<number> {
  const [name = '', ...args] = argv;
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) {
    console.error(usage());
    return 2;
  }
  forgetMake();
  // `run` stops in its own order. Elsewhere a signal ends us, and the exit handlers end what was started.
  if (name !== 'run') exitOnSignals();
  try {
    return await command.run(args);
  } catch (error) {
    tell(error);
    return 1;
  }
}

/** Called by make or not, what is started from here sees the same: a make inside would tell its level and folders. */
function forgetMake(): void {
  for (const name of ['MAKEFLAGS', 'MAKELEVEL', 'MAKEOVERRIDES', 'MFLAGS', 'MAKE_TERMOUT', 'MAKE_TERMERR']) {
    delete process.env[name];
  }
}

function exitOnSignals(): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => process.exit(128 + constants.signals[signal]));
  }
}

function usage(): string {
  const rows = Object.values(commands);
  const width = Math.max(...rows.map((row) => row.usage.length));
  const lines = rows.map((row) => `  ${row.usage.padEnd(width)}  ${row.does}`);
  return ['node test/run.mjs <what>', ...lines].join('\n');
}
