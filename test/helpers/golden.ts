import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Compares with `test/golden/<name>.txt`. `UPDATE_GOLDEN=1` rewrites it; a difference leaves `<name>.txt.actual` beside it. */
export function golden(name: string, text: string): void {
  const path = join('test', 'golden', `${name}.txt`);
  const actual = text.endsWith('\n') ? text : `${text}\n`;
  if (process.env['UPDATE_GOLDEN'] === '1') {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, actual);
  }
  const expected = existsSync(path) ? readFileSync(path, 'utf8') : '';
  if (actual === expected) rmSync(`${path}.actual`, { force: true });
  else {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(`${path}.actual`, actual);
  }
  assert.equal(actual, expected, `${path} differs; UPDATE_GOLDEN=1 rewrites it`);
}
