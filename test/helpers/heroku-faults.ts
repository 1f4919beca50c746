import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import type { Journals } from '../../src/base/ports';
import type { Target } from '../../src/deploy';
import { createRecords } from '../../src/deploy';
import { performDeploy } from '../../src/deploy/perform';
import { nodeFiles } from '../../src/platform/node/files';
import { nodeProcesses } from '../../src/platform/node/processes';
import type { RawRequest, Reply } from './empire-http';
import { canaries, startHeroku } from './heroku';
import type { TestHeroku } from './heroku';
import { jsonOf, problem } from './heroku-replies';
import type { StoredApp } from './heroku-state';

/** Deploys to Heroku that are disturbed, and what has to hold of each: never a second build, a lost record or a secret that gets out. */

export const signal = new AbortController().signal;
const key = canaries[0] ?? '';

const times = { askMs: 250, changeMs: 250, uploadMs: 150, quietMs: 40, retriesMs: [1, 1] };
/** Soon gives up what does not come. */
export let hasty: TestHeroku;
/** Waits for what has to come. */
export let heroku: TestHeroku;

/** Starts both for a file of tests. */
export function startBoth(): void {
  before(async () => {
    hasty = await startHeroku({ patience: times });
    heroku = await startHeroku({
      patience: { ...times, bootMs: 10_000, releaseMs: 10_000, silentMs: 10_000 },
    });
  });
  after(async () => {
    await hasty.stop();
    await heroku.stop();
  });
}

export interface Told {
  readonly outcome: string;
  readonly code?: string | undefined;
  readonly release?: number | undefined;
  readonly message?: string | undefined;
  readonly log: readonly string[];
}

let serial = 0;

export const isBuild = ({ method, path }: RawRequest): boolean =>
  method === 'POST' && path.endsWith('/builds');

export type Override = (request: RawRequest, app: StoredApp) => Reply | undefined;

/** Deploys a fresh app, which has one release already, under `override`. */
export async function deployUnder(override: Override, files = {}, on = heroku): Promise<Told> {
  const target = await on.service(`app-${++serial}`, files);
  on.state.seed(target.app, '0');
  return under(on, override, target, (performing) =>
    performDeploy(performing, {
      request: {},
      facts: { dirty: [], isPushed: false },
      plan: { notes: [] },
      notes: [],
      build: false,
    }),
  );
}

type Performing = Parameters<typeof performDeploy>[0];

export async function under(
  on: TestHeroku,
  override: Override,
  target: Target,
  work: (on: Performing) => ReturnType<typeof performDeploy>,
): Promise<Told> {
  const from = on.server.requests.length;
  const app = on.state.apps.get(target.app);
  assert.ok(app);
  on.override = (request) => override(request, app);
  const { journals, text } = memoryJournals();
  const world = { processes: nodeProcesses, files: nodeFiles, now: () => new Date() };
  const records = createRecords({ journals, now: world.now, warn: (error) => assert.fail(String(error)) });
  const log: string[] = [];
  const accounts = { find: async () => undefined };
  const progress = { line: (line: string) => void log.push(line) };
  const performing = { provider: on.provider, target, world, records, accounts, pid: 1, signal, progress };
  const told = await tell(work(performing), log);
  on.override = undefined;
  const sent = on.server.requests.slice(from);
  assert.ok(sent.filter(isBuild).length <= 1, 'never a second build');
  const [record] = await records.of(target, 'heroku');
  assert.equal(
    record?.outcome,
    told.outcome === 'thrown' ? 'failed' : told.outcome,
    'the record says the same',
  );
  assertClean(text());
  assertClean(log.join('\n'));
  const leaked = sent.filter((one) => one.path.startsWith('/source/') || one.path.startsWith('/output/'));
  for (const { headers } of leaked) assert.equal(headers['authorization'], undefined);
  return told;
}

async function tell(work: ReturnType<typeof performDeploy>, log: readonly string[]): Promise<Told> {
  try {
    const result = await work;
    assertClean(JSON.stringify(result));
    const { outcome, error, release } = result;
    return { outcome, code: error?.code, release, message: error?.message, log };
  } catch (error) {
    assert.ok(error instanceof Error && error.name === 'UserError', String(error));
    assertClean(`${error.message} ${String(error.stack)} ${JSON.stringify(error)}`);
    const code = 'code' in error ? String(error.code) : undefined;
    return { outcome: 'thrown', code, message: error.message, log };
  }
}

function assertClean(text: string): void {
  for (const secret of canaries) assert.ok(!text.includes(secret), `a secret got out: ${text}`);
}

function memoryJournals(): { readonly journals: Journals; readonly text: () => string } {
  const kept = new Map<string, string>();
  return {
    text: () => [...kept.values()].join('\n'),
    journals: {
      list: async () => [...kept.keys()],
      read: async (name) => kept.get(name),
      append: async (name, line) => void kept.set(name, `${kept.get(name) ?? ''}${line}\n`),
      remove: async (name) => void kept.delete(name),
    },
  };
}

const html = (status: number): Reply => ({
  pieces: [
    `HTTP/1.1 ${status} Bad\r\nContent-Type: text/html\r\nContent-Length: 26\r\n\r\n<html><h1>Proxy</h1></html`,
  ],
  end: 'close',
});
const head = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 4000\r\n\r\n';
const refusal = (status: number, id: string): Reply => problem(status, id, `it is not to be, ${key}`);

/** Faults after which it is not known whether a change was made. */
export const unclear: Readonly<Record<string, Reply>> = {
  'a reset': { pieces: [], end: 'reset' },
  'an empty reply': { pieces: [], end: 'close' },
  'a stall': { pieces: [], end: 'stall' },
  'half a head': { pieces: ['HTTP/1.1 200 OK\r\nConte'], end: 'close' },
  'half a body and a reset': { pieces: [head, '[{"id":"x","stat'], end: 'reset' },
  'half a body and a stall': { pieces: [head, '[{"id":"x","stat'], end: 'stall' },
  'a body that is cut short': { pieces: [head, '[{"id":"x"}'], end: 'close' },
  'a 500': refusal(500, 'internal'),
  'a 503': refusal(503, 'maintenance'),
  'a 502 page': html(502),
  'a 504 page': html(504),
  'no JSON': { ...html(200) },
  'JSON of another kind': jsonOf(200, { hello: 1 }),
};

/** Faults that say that nothing was done. */
export const certain: Readonly<Record<string, Reply>> = {
  'a 400': refusal(400, 'bad_request'),
  'a 401': refusal(401, 'unauthorized'),
  'a 402': refusal(402, 'delinquent'),
  'a 403': refusal(403, 'forbidden'),
  'a 403 for a code': refusal(403, 'two_factor'),
  'a 404': refusal(404, 'not_found'),
  'a 404 page': html(404),
  'a 409': refusal(409, 'conflict'),
  'a 422': refusal(422, 'invalid_params'),
  'a 429': refusal(429, 'rate_limit'),
  'a redirection': {
    pieces: ['HTTP/1.1 302 Found\r\nLocation: https://evil.example\r\nContent-Length: 0\r\n\r\n'],
    end: 'close',
  },
};
export const all = { ...unclear, ...certain };
/** What a moment later may be answered better. */
export const passing = /reset|empty|half|cut short|503|502|504|429/;

/** Answers the first time only. */
export function once(matches: (request: RawRequest) => boolean, reply: Reply): Override {
  let left = 1;
  return (request) => (matches(request) && left-- > 0 ? reply : undefined);
}

export const asks =
  (end: RegExp) =>
  ({ method, path }: RawRequest): boolean =>
    method === 'GET' && end.test(path);
