import { join } from '../../base/paths';
import type { Files } from '../../base/ports';

/** Folders whose code does not run where the service runs. */
const left =
  /^(\..*|node_modules|venv|env|__pycache__|site-packages|tests?|testing|migrations|build|dist|htmlcov|static|media)$/;
const testFile = /^(test_.*|.*_test|conftest|tests)\.py$/;

const mostFiles = 3000;
const deepest = 12;

/** A Python file of a service, its path relative to the service. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** The Python files that run in production, as far as names tell; at most 3000. Links are not followed. */
export async function pythonFiles(
  dir: string,
  files: Files,
  signal: AbortSignal,
): Promise<readonly SourceFile[]> {
  const paths: string[] = [];
  const visit = async (below: string, depth: number): Promise<void> => {
    signal.throwIfAborted();
    const entries = await files.list(join(dir, below));
    for (const { name, kind } of entries) {
      const path = below === '' ? name : `${below}/${name}`;
      if (paths.length >= mostFiles) return;
      if (kind === 'file' && name.endsWith('.py') && !testFile.test(name)) paths.push(path);
      else if (kind === 'directory' && !left.test(name) && depth < deepest) await visit(path, depth + 1);
    }
  };
  await visit('', 0);
  const read = await Promise.all(
    paths.map(async (path) => ({ path, text: (await files.readText(join(dir, path))) ?? '' })),
  );
  return read.toSorted((a, b) => (a.path < b.path ? -1 : 1));
}
