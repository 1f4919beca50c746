/**
 * What somebody feels who types in a large description: from the sent edit to the received diagnostics, through the built language
 * server over stdio. `node test/run.mjs bench keystrokes`; the number of edits is `SERVICEWRIGHT_EDITS`.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import process from 'node:process';
import type { Range } from '../src/base/text';
import { Lines } from '../src/guidelines/lines';
import type { Random } from '../test/helpers/random';
import { createRandom } from '../test/helpers/random';
import { Server, pulling } from '../test/protocol/lsp-client';

const corpus = resolve(process.env['SERVICEWRIGHT_CORPUS'] ?? '../shared/corpus', 'specs');
const count = Number(process.env['SERVICEWRIGHT_EDITS'] ?? 200);
const names = [
  'museum-3.1.yaml',
  'netlify.swagger2.yml',
  'twilio-messaging.yaml',
  'twilio-v2010.yaml',
  'openai.yaml',
  'stripe.yaml',
  'github-api.derived.yaml',
  'kubernetes.swagger2.json',
];

const at = (sorted: readonly number[], share: number): string =>
  (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(1);

/** Resident megabytes of a process, where the system tells. */
function memoryOf(pid: number | undefined): string {
  const path = `/proc/${pid}/status`;
  const found = existsSync(path) ? /VmRSS:\s+(\d+)/.exec(readFileSync(path, 'utf8'))?.[1] : undefined;
  return found === undefined ? '' : `${Math.round(Number(found) / 1024)} MB`;
}

interface Edit {
  readonly offset: number;
  readonly letter: string;
}

function withinWord(text: string, { int }: Random): number {
  for (;;) {
    const offset = int(text.length);
    if (/^[a-z]{2}$/.test(text.slice(offset - 1, offset + 1))) return offset;
  }
}

/** Where a letter is put in, or the one that was put in stands. */
function rangeOf(lines: Lines, { offset, letter }: Edit): Range {
  const start = lines.positionAt(offset);
  return { start, end: letter === '' ? { ...start, character: start.character + 1 } : start };
}

async function measure(name: string): Promise<void> {
  const text = readFileSync(join(corpus, name), 'utf8');
  const uri = `file:///bench/${name}`;
  const server = new Server();
  await server.initialize(pulling);
  const opened = performance.now();
  await server.open(uri, text);
  let { resultId } = await server.pull(uri);
  const first = performance.now() - opened;
  const lines = new Lines(text);
  const next = createRandom(1);
  const times: number[] = [];
  let typed: Edit | undefined;
  for (let edit = 0; edit < count; edit += 1) {
    // A letter is typed into a word, and the next time taken out again.
    typed = typed === undefined ? { offset: withinWord(text, next), letter: 'x' } : { ...typed, letter: '' };
    const range = rangeOf(lines, typed);
    const sent = performance.now();
    await server.change(uri, edit + 2, { range, text: typed.letter });
    const report = await server.pull(uri, resultId);
    times.push(performance.now() - sent);
    ({ resultId } = report);
    if (typed.letter === '') typed = undefined;
  }
  const sorted = times.toSorted((a, b) => a - b);
  const figures = [0.5, 0.95, 1].map((share) => at(sorted, share)).join(' / ');
  const size = `${(text.length / 1e6).toFixed(2)} MB`;
  console.log(
    [name.padEnd(26), size.padStart(9), `${first.toFixed(0)} ms`.padStart(9), figures.padStart(24)].join(' '),
    memoryOf(server.process.pid).padStart(8),
  );
  await server.stop();
}

async function main(): Promise<void> {
  console.log('open → diagnostics, keystroke → diagnostics in ms (p50 / p95 / max), memory of the server\n');
  for (const name of names) if (existsSync(join(corpus, name))) await measure(name);
}

void main();
