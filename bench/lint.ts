/**
 * How fast API descriptions are checked. `node test/run.mjs bench lint`
 *
 * In process: reading, checking and both again warm, as an editor does at each keystroke. Cold: the built command line, from start to
 * exit. Over stdio: the built language server, from the sent edit to the received diagnostics. Real descriptions where a corpus is found
 * (`SERVICEWRIGHT_CORPUS`, else `../shared/corpus`); one of five megabytes is made here.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { checkSteps } from '../src/guidelines/engine';
import { specSteps } from '../src/guidelines/spec';
import { finish } from '../src/guidelines/steps';
import { cli } from '../test/helpers/cli';
import { Server, pulling } from '../test/protocol/lsp-client';

interface Subject {
  readonly name: string;
  readonly text: string;
}

const corpus = resolve(process.env['SERVICEWRIGHT_CORPUS'] ?? '../shared/corpus', 'specs');
const names = ['museum-3.1.yaml', 'netlify.swagger2.yml', 'stripe.yaml', 'kubernetes.swagger2.json'];
const rounds = 5;

function subjects(): readonly Subject[] {
  const real = names
    .filter((name) => existsSync(join(corpus, name)))
    .map((name) => ({ name, text: readFileSync(join(corpus, name), 'utf8') }));
  return [
    ...real,
    { name: 'made, 24 KB', text: made(24_000) },
    { name: 'made, 5 MB', text: made(5_000_000) },
  ];
}

/** A description of about this size, each operation with parameters, responses and a schema of its own. */
function made(size: number): string {
  const head =
    'openapi: 3.1.0\ninfo:\n  title: Made\n  version: 1.0.0\n  description: Made for measuring.\n  contact: { name: Nobody }\n';
  const path = (n: number): string => `  /things-${n}/{thing_id}:
    parameters:
      - name: thing_id
        in: path
        required: true
        schema: { type: string, format: uuid }
    get:
      operationId: getThing${n}
      summary: Get a thing
      description: |
        What it is and where it came from,
        in two lines of words.
      responses:
        '200':
          description: The thing
          content:
            application/json:
              schema:
                type: object
                required: [id, created_at]
                properties:
                  id:
                    type: string
                    format: uuid
                  created_at:
                    type: string
                    format: date-time
        '404':
          description: There is no such thing
`;
  const count = Math.ceil((size - head.length) / path(1000).length);
  return `${head}paths:\n${Array.from({ length: count }, (_, n) => path(n)).join('')}`;
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
const ms = (value: number): string => `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;

function row(name: string, ...cells: readonly string[]): void {
  console.log([name.padEnd(26), ...cells.map((cell) => cell.padStart(22))].join(''));
}

/** Milliseconds of processor time that this process has used: other work on the machine is not in it. */
function cpu(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function inProcess({ name, text }: Subject): void {
  const reads: number[] = [];
  const checks: number[] = [];
  let findings = 0;
  for (let round = 0; round < rounds; round += 1) {
    const start = cpu();
    const spec = finish(specSteps(text));
    const read = cpu();
    findings = spec === undefined ? 0 : finish(checkSteps(spec)).length;
    reads.push(read - start);
    checks.push(cpu() - read);
  }
  const [first = 0, firstCheck = 0] = [reads[0], checks[0]];
  row(
    name,
    `${(text.length / 1e6).toFixed(2)} MB`,
    `${ms(first)} + ${ms(firstCheck)}`,
    `${ms(median(reads))} + ${ms(median(checks))}`,
    String(findings),
  );
}

async function cold({ name, text }: Subject, dir: string): Promise<void> {
  const path = join(dir, 'openapi.yaml');
  writeFileSync(path, text);
  const times: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    const start = performance.now();
    await cli(['lint', path]);
    times.push(performance.now() - start);
  }
  row(name, ms(median(times)));
}

async function overStdio({ name, text }: Subject): Promise<void> {
  const uri = 'file:///bench/openapi.yaml';
  const start = performance.now();
  const server = new Server();
  await server.initialize(pulling);
  const greeted = performance.now() - start;
  const opened = performance.now();
  await server.open(uri, text);
  await server.diagnostics(uri);
  const first = performance.now() - opened;
  const title = /"?title"?: ["']?\w/.exec(text)?.[0] ?? '';
  const times: number[] = [];
  const edits = text.length > 500_000 ? 5 : 100;
  for (let round = 0; round < edits; round += 1) {
    const typed = performance.now();
    await (round % 2 === 0 ? server.edit(uri, title, `${title}x`) : server.edit(uri, `${title}x`, title));
    await server.pull(uri);
    times.push(performance.now() - typed);
  }
  const sorted = times.toSorted((a, b) => a - b);
  const p95 = sorted[Math.floor(sorted.length * 0.95)] ?? 0;
  row(name, ms(greeted), ms(first), `${ms(median(times))} / ${ms(p95)}`);
  await server.stop();
}

async function main(): Promise<void> {
  const all = subjects();
  console.log('In process, processor time: read + check, first and warm (median)\n');
  row('description', 'size', 'first', 'warm', 'findings');
  all.forEach(inProcess);
  const dir = mkdtempSync(join(tmpdir(), 'servicewright-bench-'));
  try {
    console.log('\nCold command line, from start to exit (median of 3)\n');
    for (const subject of all) await cold(subject, dir);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
  console.log(
    '\nLanguage server over stdio: start, open → diagnostics, keystroke → diagnostics (p50 / p95)\n',
  );
  for (const subject of all) await overStdio(subject);
  console.log('\nBundles\n');
  for (const file of ['server', 'cli'])
    row(`out/${file}.js`, `${Math.round(statSync(`out/${file}.js`).size / 1000)} KB`);
}

void main();
