/**
 * What somebody feels who types in a large description: from the sent edit to the received diagnostics, through the built language
 * server over stdio. `node test/run.mjs bench keystrokes`; the number of edits is `SERVICEWRIGHT_EDITS`, and
 * `SERVICEWRIGHT_SPEC` a part of the name of the descriptions that are measured.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import process from 'node:process';
import type { Range } from '../src/base/text';
import { Lines } from '../src/guidelines/lines';
import { allRules } from '../src/guidelines/rules/index.gen';
import type { Random } from '../test/helpers/random';
import { createRandom } from '../test/helpers/random';
import { Server, pulling } from '../test/protocol/lsp-client';

const corpus = resolve(process.env['SERVICEWRIGHT_CORPUS'] ?? '../shared/corpus', 'specs');
const count = Number(process.env['SERVICEWRIGHT_EDITS'] ?? 200);
const pastes = 10;
const only = process.env['SERVICEWRIGHT_SPEC'] ?? '';
const names = [
  'museum-3.1.yaml',
  'netlify.swagger2.yml',
  'twilio-messaging.yaml',
  'twilio-v2010.yaml',
  'openai.yaml',
  'stripe.yaml',
  'github-api.derived.yaml',
  'discord.json',
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

/** Milliseconds of processor time that a process has used, where the system tells; other work on the machine changes them little. */
function cpuOf(pid: number | undefined): number {
  const path = `/proc/${pid}/stat`;
  const fields = existsSync(path) ? readFileSync(path, 'utf8').split(') ')[1]?.split(' ') : undefined;
  // The 14th and 15th field, in hundredths of a second.
  return (Number(fields?.[11] ?? 0) + Number(fields?.[12] ?? 0)) * 10;
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

/** What the server is asked to check: the recommended rules, or every one. */
const usual = {};
const everything = {
  preset: 'strict',
  rules: Object.fromEntries(allRules.map(({ id, severity }) => [id, severity])),
};

/** The server with one open description, edited and asked in turn. */
class Session {
  readonly uri: string;
  readonly #server = new Server();
  #resultId: string | undefined;
  #version = 1;

  constructor(name: string, settings: unknown) {
    this.uri = `file:///bench/${name}`;
    this.#server.settings = settings;
  }

  /** Milliseconds from opening to the first findings and to all of them, and processor time from the start to the first. */
  async open(text: string): Promise<readonly [first: number, all: number, cpu: number]> {
    await this.#server.initialize(pulling);
    const opened = performance.now();
    await this.#server.open(this.uri, text);
    ({ resultId: this.#resultId } = await this.#server.pull(this.uri));
    const first = performance.now() - opened;
    const { cpu } = this;
    // Of a long text, what is around the cursor is told first, if there is anything; a hover is answered when all is known.
    await this.#server.hover(this.uri, { line: 0, character: 0 });
    ({ resultId: this.#resultId } = await this.#server.pull(this.uri, this.#resultId));
    return [first, performance.now() - opened, cpu];
  }

  /** Milliseconds from an edit to its findings. */
  async edit(range: Range, text: string): Promise<number> {
    const sent = performance.now();
    this.#version += 1;
    await this.#server.change(this.uri, this.#version, { range, text });
    ({ resultId: this.#resultId } = await this.#server.pull(this.uri, this.#resultId));
    return performance.now() - sent;
  }

  get cpu(): number {
    return cpuOf(this.#server.process.pid);
  }

  get memory(): string {
    return memoryOf(this.#server.process.pid);
  }

  stop(): Promise<unknown> {
    return this.#server.stop();
  }
}

const percentiles = (times: readonly number[]): string => {
  const sorted = times.toSorted((a, b) => a - b);
  return [0.5, 0.95, 1].map((share) => at(sorted, share)).join(' / ');
};

/** A letter is typed into a word, and the next time taken out again. */
async function type(session: Session, text: string): Promise<readonly number[]> {
  const lines = new Lines(text);
  const next = createRandom(1);
  const times: number[] = [];
  for (let edit = 0; edit < count; edit += 2) {
    const offset = withinWord(text, next);
    times.push(await session.edit(rangeOf(lines, { offset, letter: 'x' }), 'x'));
    times.push(await session.edit(rangeOf(lines, { offset, letter: '' }), ''));
  }
  return times;
}

const pasted = `  /pasted/{thing_id}:
    get:
      operationId: getPastedThing
      summary: Get a thing
      parameters:
        - { name: thing_id, in: path, required: true, schema: { type: string, format: uuid } }
      responses:
        '200':
          description: The thing
          content:
            application/json:
              schema: { type: object, properties: { id: { type: string, format: uuid } } }
        '404': { description: There is no such thing }
`;

/** A path item is pasted before the first, and cut out again. */
async function paste(session: Session, text: string): Promise<readonly number[]> {
  const first = /^paths:\n/m.exec(text);
  if (first === null) return [];
  const start = new Lines(text).positionAt(first.index + first[0].length);
  const end = { line: start.line + pasted.split('\n').length - 1, character: 0 };
  const times: number[] = [];
  for (let round = 0; round < pastes; round += 1) {
    times.push(await session.edit({ start, end: start }, pasted));
    times.push(await session.edit({ start, end }, ''));
  }
  return times;
}

async function measure(name: string, settings: unknown): Promise<void> {
  const text = readFileSync(join(corpus, name), 'utf8');
  const session = new Session(name, settings);
  const [first, all, early] = await session.open(text);
  const opened = session.memory;
  const before = session.cpu;
  const typed = percentiles(await type(session, text));
  const each = (session.cpu - before) / count;
  const times = await paste(session, text);
  console.log(
    [
      name.padEnd(26),
      `${(text.length / 1e6).toFixed(2)} MB`.padStart(9),
      `${first.toFixed(0)}, ${all.toFixed(0)} ms`.padStart(14),
      typed.padStart(24),
      (times.length === 0 ? '' : percentiles(times)).padStart(24),
      `${opened} → ${session.memory}`.padStart(18),
      `${early.toFixed(0)}, ${before.toFixed(0)} + ${each.toFixed(1)}`.padStart(20),
    ].join(' '),
  );
  await session.stop();
}

async function main(): Promise<void> {
  const present = names.filter((name) => name.includes(only) && existsSync(join(corpus, name)));
  for (const [title, settings] of [
    ['recommended rules', usual],
    ['all rules', everything],
  ] as const) {
    console.log(
      `\n${title}, ${count} edits: size, open → first diagnostics and all, keystroke → diagnostics in ms`,
    );
    console.log('(p50 / p95 / max), the same for a path item that is pasted and cut, memory of the server,');
    console.log('its processor time in ms: until the first diagnostics, until all, and for each keystroke\n');
    for (const name of present) await measure(name, settings);
  }
}

void main();
