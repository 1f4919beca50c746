import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { after, test } from 'node:test';
import { cli } from '../helpers/cli';
import type { Ended, Trial } from './trials';
import { allTrials, folderOf, run, textOf } from './trials';

/** Every combination of the covering sets as its owner has it: made, installed from PyPI, checked by its own Makefile. */

const root = mkdtempSync(join(tmpdir(), 'installed-'));
const logs = resolve('out/test/templates/logs');
after(() => rm(root, { recursive: true, force: true, maxRetries: 3 }));

/** What is asked of each service, as far as its Makefile has it, besides what its own `check` asks. */
const usual = ['setup', 'lint', 'typecheck', 'test', 'coverage', 'schema-check', 'migrations-check'];
/** How many are installed at once. */
const side = 2;

interface Row {
  readonly name: string;
  readonly seconds: number;
  readonly coverage: string;
  readonly outcome: string;
}

const makefileOf = (trial: Trial): string => {
  const file = trial.files.find((one) => one.path === 'Makefile');
  return file ? textOf(file) : '';
};

/** The targets to run, in order; none for a template that leaves them to its owner. */
function targetsOf(trial: Trial): readonly string[] {
  const text = makefileOf(trial);
  if (text.includes('(to-be-written)')) return [];
  const has = (name: string): boolean => new RegExp(`^${name}:`, 'm').test(text);
  const asked = /^check:([^#\n]*)/m.exec(text)?.[1]?.trim().split(/\s+/) ?? [];
  return [...new Set([...usual.filter(has), ...asked])];
}

async function install(trial: Trial, dir: string): Promise<Ended> {
  const made = await cli(['new', trial.template.id, dir, '--answers', '-'], {
    stdin: JSON.stringify(trial.answers),
  });
  if (made.code !== 0) return { code: made.code ?? 1, output: made.stderr };
  // In one run: what several of them ask for is done once.
  return run('make', ['-C', dir, ...targetsOf(trial)]);
}

async function tried(trial: Trial): Promise<Row> {
  const dir = join(root, folderOf(trial));
  const started = performance.now();
  const { code, output } = await install(trial, dir);
  const seconds = (performance.now() - started) / 1000;
  await mkdir(logs, { recursive: true });
  await writeFile(join(logs, `${folderOf(trial)}.txt`), output);
  await rm(dir, { recursive: true, force: true, maxRetries: 3 });
  const failed = /\*\*\* \[[^\]]*?([\w-]+)\] Error/.exec(output)?.[1] ?? 'new';
  const coverage = [...output.matchAll(/Total coverage: ([\d.]+)%/g)].at(-1)?.[1] ?? '';
  const outcome = code === 0 ? 'passed' : `failed at ${failed}`;
  return { name: trial.name, seconds, coverage, outcome };
}

function tableOf(rows: readonly Row[]): string {
  const width = Math.max(...rows.map((row) => row.name.length));
  const lines = rows.map(({ name, seconds, coverage, outcome }) => {
    const share = coverage === '' ? '' : `${coverage} %`;
    return `${name.padEnd(width)}  ${seconds.toFixed(0).padStart(5)} s  ${share.padStart(8)}  ${outcome}`;
  });
  return lines.join('\n');
}

test('every combination passes its own checks', { concurrency: side }, async (t) => {
  const trials = (await allTrials()).filter((trial) => targetsOf(trial).length > 0);
  assert.ok(trials.length > 0);
  const rows = new Map<string, Row>();
  const queue = [...trials];
  const work = async (): Promise<void> => {
    for (let trial = queue.shift(); trial !== undefined; trial = queue.shift()) {
      const one = trial;
      await t.test(one.name, async () => {
        const row = await tried(one);
        rows.set(one.name, row);
        console.log(tableOf([row]));
        assert.equal(row.outcome, 'passed', `see ${join(logs, `${folderOf(one)}.txt`)}`);
        assert.ok(Number(row.coverage) >= 95, `coverage is ${row.coverage} %`);
      });
    }
  };
  await Promise.all(Array.from({ length: side }, work));
  console.log(tableOf(trials.flatMap(({ name }) => rows.get(name) ?? [])));
});
