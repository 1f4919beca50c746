/**
 * Random edits and random slips by the hundred thousand: what was read piece by piece has to equal a fresh reading, and what our reader
 * takes has to be what the `yaml` package takes. `SERVICEWRIGHT_FUZZ=200000 node test/run.mjs bench fuzz`
 *
 * `SERVICEWRIGHT_SEED` is where the seeds begin, `SERVICEWRIGHT_PART=edits|slips` runs half of it, `SERVICEWRIGHT_EVERY=5` compares after
 * every fifth edit. A failure is told with its seed and made small; `SERVICEWRIGHT_CORPUS` has further descriptions.
 */
import { resolve } from 'node:path';
import process from 'node:process';
import { runEdits } from '../test/unit/guidelines/edits';
import { disagreements, isKnown, samples } from '../test/unit/guidelines/yaml-mutations';
import { disagreement } from '../test/unit/guidelines/yaml-oracle';
import { minimised, shortest } from './fuzz/minimised';
import { Texts } from './fuzz/texts';

const rounds = Number(process.env['SERVICEWRIGHT_FUZZ'] ?? 2000);
const seed = Number(process.env['SERVICEWRIGHT_SEED'] ?? 1);
const part = process.env['SERVICEWRIGHT_PART'];
const every = Number(process.env['SERVICEWRIGHT_EVERY'] ?? 1);
const texts = new Texts(resolve(process.env['SERVICEWRIGHT_CORPUS'] ?? '../shared/corpus', 'specs'));
const perRun = 60;
const perSlice = 5000;
/** More failures of one kind tell nothing new. */
const most = 20;

const seconds = (from: number): string => ((performance.now() - from) / 1000).toFixed(1);

class Progress {
  #told = performance.now();

  tell(what: string): void {
    if (performance.now() - this.#told < 30_000) return;
    this.#told = performance.now();
    console.log(`  … ${what}`);
  }
}

function edits(): void {
  let [made, failed] = [0, 0];
  let slowest = { took: 0, what: '' };
  const progress = new Progress();
  for (let run = seed; made < rounds && failed < most; run += 1) {
    const { name, text, count } = texts.run(run, perRun);
    const begun = performance.now();
    const done = runEdits(text, { seed: run, count, every });
    made += done.changes.length;
    const took = performance.now() - begun;
    if (took > slowest.took) slowest = { took, what: `${seconds(begun)} s with seed ${run}, ${name}` };
    progress.tell(`${made} edits, now at seed ${run}`);
    if (done.failure === undefined) continue;
    failed += 1;
    console.log(`seed ${run}, ${name}, edit ${done.changes.length}: ${done.failure.slice(0, 300)}`);
    console.log(`  ${minimised(done)}`);
  }
  console.log(`${made} edits: ${failed} runs of ${perRun} failed; the slowest run took ${slowest.what}`);
}

function slips(): void {
  let found = 0;
  const progress = new Progress();
  const all = [...samples, ...texts.short];
  for (let done = 0; done < rounds && found < most; done += perSlice) {
    const count = Math.min(perSlice, rounds - done);
    const different = disagreements({ seed: seed + done, count, texts: all });
    found += different.length;
    for (const text of different) {
      const least = shortest(text, (one) => !isKnown(one) && disagreement(one) !== undefined);
      console.log(`${JSON.stringify(least)}: ${disagreement(least)}`);
    }
    progress.tell(`${done + count} texts with slips`);
  }
  console.log(`${rounds} texts with slips: the readers disagree on ${found}`);
}

const start = performance.now();
if (part !== 'slips') edits();
if (part !== 'edits') slips();
console.log(`${seconds(start)} s`);
