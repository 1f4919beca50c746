import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { dirname, join, normalize } from 'node:path';
import { systemCode } from '../../base/errors';

/** What a Python service says about its packages. */
export interface Requirements {
  readonly kind: 'requirements' | 'project';
  readonly file: string;
  /** Equal exactly when an environment made for one release serves another as well. */
  readonly fingerprint: string;
  readonly hashes: boolean;
}

interface Reading {
  readonly dir: string;
  readonly slug: string;
  readonly seen: Set<string>;
  readonly parts: string[];
}

/** Reads requirements.txt (and what it includes), else pyproject.toml; undefined when there is neither. `slug` is the tree's content hash. */
export async function readRequirements(dir: string, slug: string): Promise<Requirements | undefined> {
  const reading: Reading = { dir, slug, seen: new Set(), parts: [] };
  const text = await collect('requirements.txt', reading);
  if (text !== undefined) {
    const all = reading.parts.join('\n');
    return {
      kind: 'requirements',
      file: 'requirements.txt',
      fingerprint: digest(reading.parts),
      hashes: /\s--hash=\w+:/.test(all),
    };
  }
  if ((await readText(join(dir, 'pyproject.toml'))) === undefined) return undefined;
  // The project itself is installed, so every change of the tree is a change of the environment.
  return { kind: 'project', file: 'pyproject.toml', fingerprint: digest([slug]), hashes: false };
}

/** pip's requirements file format: `-r` and `-c` name other files; `-e`, `.` and paths name source trees. */
const include = /^(?:-r|-c|--requirement|--constraint)[\s=]*(\S+)/;
const localSource = /^(-e\b|--editable\b|\.{1,2}([/\\]|$|\[)|\/|file:|[\w.-]+\s*@\s*(file:|\.))/;

async function collect(name: string, reading: Reading): Promise<string | undefined> {
  const path = normalize(name);
  if (reading.seen.has(path)) return '';
  reading.seen.add(path);
  const text = await readText(join(reading.dir, path));
  if (text === undefined) return undefined;
  reading.parts.push(text);
  for (const line of text.split(/\r?\n/).map((one) => one.trim())) {
    const included = include.exec(line)?.[1];
    if (included !== undefined) await collect(join(dirname(path), included), reading);
    else if (localSource.test(line)) reading.parts.push(reading.slug);
  }
  return text;
}

function digest(parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\0')).digest('hex');
}

async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const code = systemCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR') return undefined;
    throw error;
  }
}
