import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { delimiter } from 'node:path';
import { noPython } from '../errors';
import type { Env } from '../home';

export interface Interpreter {
  /** The real program, not a shim that may mean another one tomorrow. */
  readonly path: string;
  readonly version: string;
}

const leastMinor = 11;

/**
 * The Python that builds services: `SERVICEWRIGHT_PYTHON` if it is set, else `python3`, `python` and `python3.x` on the PATH, the first that
 * is at least 3.11. Throws UserError `embedded/no-python`.
 */
export async function findPython(env: Env): Promise<Interpreter> {
  const said = env['SERVICEWRIGHT_PYTHON'];
  const tried: string[] = [];
  const names = said === undefined || said === '' ? await namesOnPath(env) : [said];
  for (const name of names) {
    const found = await inspect(name, env);
    if (!found) continue;
    const minor = Number(/^3\.(\d+)/.exec(found.version)?.[1]);
    if (minor >= leastMinor) return found;
    tried.push(`${found.path} is Python ${found.version}`);
  }
  throw noPython(said, tried);
}

async function namesOnPath(env: Env): Promise<readonly string[]> {
  const dirs = (env['PATH'] ?? '').split(delimiter).filter((dir) => dir !== '');
  const entries = await Promise.all(dirs.map((dir) => readdir(dir).catch(() => [])));
  const versions = entries
    .flat()
    .flatMap((name) => /^python3\.(\d+)$/.exec(name)?.[1] ?? [])
    .map(Number)
    .filter((minor) => minor >= leastMinor);
  const newestFirst = [...new Set(versions)].toSorted((a, b) => b - a);
  return ['python3', 'python', ...newestFirst.map((minor) => `python3.${minor}`)];
}

const question = 'import sys; print(sys.executable); print("%d.%d.%d" % sys.version_info[:3])';

function inspect(program: string, env: Env): Promise<Interpreter | undefined> {
  return new Promise((resolve) => {
    execFile(program, ['-c', question], { timeout: 10_000, env: { ...env } }, (error, stdout) => {
      const [path, version] = stdout.trim().split(/\r?\n/);
      resolve(error || path === undefined || version === undefined ? undefined : { path, version });
    });
  });
}
