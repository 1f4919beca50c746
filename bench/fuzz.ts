/**
 * Random edits and random slips by the hundred thousand: what was read piece by piece has to equal a fresh reading, and what our reader
 * takes has to be what the `yaml` package takes. `SERVICEWRIGHT_FUZZ=200000 node test/run.mjs bench fuzz`
 */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { runEdits } from '../test/unit/guidelines/edits';
import { layouts } from '../test/unit/guidelines/layouts';
import { disagreements, samples } from '../test/unit/guidelines/yaml-mutations';

const rounds = Number(process.env['SERVICEWRIGHT_FUZZ'] ?? 2000);
const seed = Number(process.env['SERVICEWRIGHT_SEED'] ?? 1);
const corpus = resolve(process.env['SERVICEWRIGHT_CORPUS'] ?? '../shared/corpus', 'specs');
const names = [
  'petstore-2.0.yaml',
  'petstore-3.0.yaml',
  'tictactoe-3.1.yaml',
  'burgershop.yaml',
  'museum-3.1.yaml',
];
const texts = names
  .map((name) => join(corpus, name))
  .filter((path) => existsSync(path))
  .map((path) => readFileSync(path, 'utf8'));
const edited = [...Object.values(layouts), ...(texts.length === 0 ? samples : texts)];
const perRun = 60;

function edits(): number {
  let failed = 0;
  for (let done = 0; done < rounds; done += perRun) {
    const text = edited[(done / perRun) % edited.length] ?? '';
    const { failure } = runEdits(text, { seed: seed + done, count: perRun, every: 1 });
    if (failure === undefined) continue;
    failed += 1;
    console.log(failure);
  }
  return failed;
}

function slips(): number {
  const small = texts.filter((text) => text.length < 4000);
  const found = disagreements({ seed, count: rounds, texts: [...samples, ...small] });
  for (const one of found.slice(0, 20)) console.log(one);
  return found.length;
}

const start = performance.now();
console.log(`${rounds} edits: ${edits()} runs of ${perRun} failed`);
console.log(`${rounds} texts with slips: the readers disagree on ${slips()}`);
console.log(`${((performance.now() - start) / 1000).toFixed(0)} s`);
