/**
 * How the cost of a check grows with the size of a description. `node test/run.mjs bench lint-curve`
 *
 * Evenly chosen parts of one large description (`SERVICEWRIGHT_CORPUS`, else `../shared/corpus`), and all of them twice, are checked by
 * the built command line with every rule, each in a cold process: seconds of processor time and megabytes at most, the least of
 * `SERVICEWRIGHT_ROUNDS` (3), so that other work on the machine counts little. The sizes take turns.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import process from 'node:process';
import type { Chunk } from '../src/guidelines/chunk';
import { SpecDocument } from '../src/guidelines/document';
import { allRules } from '../src/guidelines/rules/index.gen';
import { cliPath } from '../test/helpers/cli';
import type { Cost } from './lint/measured';
import { measured } from './lint/measured';

const spec = resolve(
  process.env['SERVICEWRIGHT_CORPUS'] ?? '../shared/corpus',
  'specs',
  'github-api.derived.yaml',
);
const rounds = Number(process.env['SERVICEWRIGHT_ROUNDS'] ?? 3);
const shares = [0.01, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1, 2];

/** Whether it is an entry of `paths` or of a section of `components`: of these a share is taken. */
const isPart = ({ kind, place }: Chunk): boolean => kind === 'entry' && place.path.length > 0;

/** The same entry under another name. */
const renamed = ({ text }: Chunk): string =>
  text.replace(/^(\s*(?:"[^"\n]*|'[^'\n]*|[^\s:][^:\n]*))/, '$1-again');

/** A description of about a share of the size; 2 has each part twice. */
function cut(text: string, share: number): string {
  let taken = 0;
  let count = 0;
  const pieces = new SpecDocument(text).chunks.map((chunk) => {
    if (!isPart(chunk)) return chunk.text;
    count += 1;
    if (share > 1) return chunk.text + renamed(chunk);
    if (Math.floor(count * share) === taken) return '';
    taken += 1;
    return chunk.text;
  });
  return pieces.join('');
}

const least = (costs: readonly Cost[], of: (cost: Cost) => number): number => Math.min(...costs.map(of));

async function main(): Promise<void> {
  if (!existsSync(spec)) return console.log(`There is no ${spec}.`);
  const home = mkdtempSync(join(tmpdir(), 'servicewright-bench-'));
  try {
    const every = join(home, 'every.yaml');
    writeFileSync(every, `rules:\n${allRules.map(({ id, severity }) => `  ${id}: ${severity}\n`).join('')}`);
    const text = readFileSync(spec, 'utf8');
    const subjects = shares.map((share) => {
      const file = join(home, `openapi-${share}.yaml`);
      const part = share === 1 ? text : cut(text, share);
      writeFileSync(file, part);
      return { file, size: Buffer.byteLength(part), costs: [] as Cost[] };
    });
    for (let round = 0; round < rounds; round += 1)
      for (const { file, costs } of subjects)
        costs.push(await measured([process.execPath, cliPath, 'lint', '--config', every, file]));
    console.log(
      `All ${allRules.length} rules, cold: megabytes of text, seconds of processor time, megabytes at most\n`,
    );
    for (const { size, costs } of subjects) {
      const row = [(size / 1e6).toFixed(2), least(costs, ({ cpu }) => cpu).toFixed(2)];
      console.log(
        [...row, least(costs, ({ memory }) => memory).toFixed(0)].map((one) => one.padStart(8)).join(''),
      );
    }
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

void main();
