import { appendFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemCode } from '../../base/errors';
import type { Redactor } from './redact';

/** The log of one service: every process of it, in the line format of Heroku's log sessions. */
export interface AppLog {
  /** `source` is `app` for what the processes say, `platform` for what we say; `dyno` is `web.1`, `release`, `router`. */
  write(source: 'app' | 'platform', dyno: string, text: string): void;
  /** The last lines, oldest first. */
  tail(lines: number): readonly string[];
  /** Calls back with every new line until the function that it gives is called. */
  follow(listener: (line: string) => void): () => void;
  close(): void;
}

const kept = 1000;
const rotateAt = 5 * 1024 * 1024;
const oldFiles = 2;

/** Opens `app.log` in `dir` (which exists) and reads back its end. */
export async function openAppLog(dir: string, redactor: Redactor, now: () => Date): Promise<AppLog> {
  const path = join(dir, 'app.log');
  const ring = await lastLines(path);
  const listeners = new Set<(line: string) => void>();
  const file = createRotatingFile(path);
  return {
    write(source, dyno, text) {
      const line = `${now().toISOString()} ${source}[${dyno}]: ${redactor.redact(text)}`;
      ring.push(line);
      if (ring.length > kept * 2) ring.splice(0, ring.length - kept);
      file.write(`${line}\n`);
      for (const listener of listeners) listener(line);
    },
    tail: (lines) => (lines <= 0 ? [] : ring.slice(-lines)),
    follow(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: () => file.close(),
  };
}

async function lastLines(path: string): Promise<string[]> {
  try {
    const lines = (await readFile(path, 'utf8')).split('\n');
    return lines.filter((line) => line !== '').slice(-kept);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return [];
    throw error;
  }
}

interface RotatingFile {
  write(text: string): void;
  close(): void;
}

function createRotatingFile(path: string): RotatingFile {
  let waiting = '';
  let isScheduled = false;
  const flush = (): void => {
    isScheduled = false;
    const text = waiting;
    waiting = '';
    try {
      appendFileSync(path, text, { mode: 0o600 });
      if (statSync(path).size > rotateAt) rotate(path);
    } catch (error) {
      // A full disk must not take the services down: the lines stay in memory and go to those who follow.
      if (systemCode(error) === undefined) throw error;
    }
  };
  return {
    write(text) {
      waiting += text;
      if (isScheduled) return;
      isScheduled = true;
      // All lines of one turn of the event loop in one write.
      setImmediate(flush);
    },
    close() {
      if (waiting !== '') flush();
    },
  };
}

function rotate(path: string): void {
  rmSync(`${path}.${oldFiles}`, { force: true });
  for (let n = oldFiles - 1; n >= 1; n -= 1) renameIfThere(`${path}.${n}`, `${path}.${n + 1}`);
  renameIfThere(path, `${path}.1`);
}

function renameIfThere(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
  }
}
