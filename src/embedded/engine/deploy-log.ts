import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemCode } from '../../base/errors';
import type { Fix } from '../../base/errors';
import { isObject } from '../../base/json';
import type { DeployFacts, DeployKind, SourceFacts } from './facts';
import { parsed, told, unknownDeploy } from './facts';
import type { Redactor } from '../run/redact';

export const stageNames = [
  'snapshot',
  'build',
  'database',
  'release',
  'boot',
  'health',
  'switch',
  'drain',
] as const;
export type StageName = (typeof stageNames)[number];

export interface Failure {
  readonly code: string;
  readonly message: string;
  readonly lines: readonly string[];
  readonly fix?: Fix;
}

/** One line of a deploy's stream (NDJSON). */
export type EngineEvent =
  | {
      readonly type: 'started';
      readonly deploy: string;
      readonly app: string;
      readonly environment: string;
      readonly kind: DeployKind;
      readonly source: SourceFacts;
    }
  | {
      readonly type: 'stage';
      readonly stage: StageName;
      readonly state: 'started' | 'done' | 'failed' | 'skipped';
      readonly seconds: number;
    }
  | { readonly type: 'log'; readonly stage: StageName; readonly text: string }
  | { readonly type: 'release'; readonly release: number }
  | {
      readonly type: 'finished';
      readonly outcome: 'live' | 'failed';
      readonly release?: number;
      readonly url?: string;
      readonly seconds: number;
      readonly error?: Failure;
    };

/** The record of one deploy: kept in a file, replayed and followed by any number of clients. */
export interface DeployLog {
  readonly id: string;
  readonly finished: Promise<void>;
  /** The number of the release that it makes, as soon as that is certain; undefined when it ends without one. */
  readonly released: Promise<number | undefined>;
  /** What it says so far. */
  readonly facts: DeployFacts;
  /** Why it failed; undefined while it runs and when it went well. */
  readonly failure: Failure | undefined;
  emit(event: EngineEvent): void;
  /** Every event so far and then those to come; ends with `finished`, or when `signal` fires. */
  follow(signal: AbortSignal): AsyncIterable<string>;
}

export function createDeployLog(dir: string, id: string, redactor: Redactor): DeployLog {
  const lines: string[] = [];
  const waiting = new Set<() => void>();
  let done = false;
  let failure: Failure | undefined;
  let facts = unknownDeploy(id);
  let written: Promise<void> = Promise.resolve();
  const [finished, finish] = promised<void>();
  const [released, release] = promised<number | undefined>();
  const wake = (): void => {
    for (const one of waiting) one();
    waiting.clear();
  };
  return {
    id,
    finished,
    released,
    get facts() {
      return facts;
    },
    get failure() {
      return failure;
    },
    emit(event) {
      const line = redactor.redact(JSON.stringify({ at: new Date().toISOString(), ...event }));
      lines.push(line);
      facts = told(facts, parsed(line));
      // The stream goes on when the disk is full; only the record is the poorer.
      written = written
        .then(() => appendFile(fileOf(dir, id), `${line}\n`, { mode: 0o600 }))
        .catch(() => undefined);
      if (event.type === 'release') release(event.release);
      if (event.type === 'finished') {
        release(undefined);
        done = true;
        failure = event.error;
        void written.then(() => finish());
      }
      wake();
    },
    async *follow(signal) {
      signal.addEventListener('abort', wake, { once: true });
      for (let at = 0; ;) {
        while (at < lines.length) yield lines[at++] ?? '';
        if (done || signal.aborted) return;
        await new Promise<void>((resolve) => waiting.add(resolve));
      }
    },
  };
}

function promised<T>(): readonly [promise: Promise<T>, resolve: (value: T) => void] {
  let settle: (value: T) => void = () => undefined;
  const promise = new Promise<T>((resolve) => (settle = resolve));
  return [promise, (value) => settle(value)];
}

const fileOf = (dir: string, id: string): string => join(dir, `${id}.ndjson`);

/** The lines of a deploy that is over; undefined when there is none of that name. */
export async function readDeployLog(dir: string, id: string): Promise<readonly string[] | undefined> {
  try {
    return (await readFile(fileOf(dir, id), 'utf8')).split('\n').filter((line) => line !== '');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Whether the last line says how the deploy ended; without it the engine was killed in the middle. */
export function isFinished(lines: readonly string[]): boolean {
  try {
    const last: unknown = JSON.parse(lines.at(-1) ?? '');
    return isObject(last) && last['type'] === 'finished';
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

/** Writes the end of a deploy whose engine was killed. */
export async function finishDeployLog(dir: string, id: string, event: EngineEvent): Promise<void> {
  await appendFile(fileOf(dir, id), `\n${JSON.stringify({ at: new Date().toISOString(), ...event })}\n`);
}
