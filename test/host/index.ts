// The in-host suite: runs inside VS Code's extension host, started by code-server's companion extension
// (test/host/runner) or by @vscode/test-electron. Tests are `*.test.ts` beside this file, in mocha's BDD style.
import { appendFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import Mocha from 'mocha';
import { formatEvent, onlyVariable, resultsVariable, type HostEvent } from './runner/results';

type Tell = (event: HostEvent) => void;

/** Runs every bundled test below this folder. Rejects when one failed, as VS Code's own runner expects. */
export async function run(): Promise<void> {
  const file = process.env[resultsVariable];
  const tell: Tell = (event) => {
    if (file !== undefined) appendFileSync(file, formatEvent(event));
  };
  try {
    const failures = await runMocha(tell);
    if (failures > 0) throw new Error(`${failures} in-host tests failed.`);
  } finally {
    tell({ event: 'end' });
  }
}

async function runMocha(tell: Tell): Promise<number> {
  try {
    const mocha = new Mocha({ ui: 'bdd', timeout: 60_000, color: false });
    const files = await readdir(__dirname, { recursive: true });
    const wanted = (process.env[onlyVariable] ?? '').split(',');
    const isWanted = (name: string): boolean => wanted.some((part) => name.includes(part));
    for (const test of files.filter((name) => name.endsWith('.test.js') && isWanted(name)).toSorted()) {
      mocha.addFile(join(__dirname, test));
    }
    return await new Promise<number>((resolve) => {
      const runner = mocha.run(resolve);
      runner.on('pass', (test) => tell({ event: 'passed', title: test.fullTitle(), ms: test.duration ?? 0 }));
      runner.on('pending', (test) => tell({ event: 'skipped', title: test.fullTitle() }));
      runner.on('fail', (test, error: unknown) => {
        tell({ event: 'failed', title: test.fullTitle(), error: describe(error) });
      });
    });
  } catch (error) {
    // A test file that cannot be loaded fails before mocha has anything to report.
    tell({ event: 'failed', title: 'loading the suite', error: describe(error) });
    throw error;
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
