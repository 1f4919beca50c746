import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { sha256 } from '../../src/base/hash';
import { nodeFiles } from '../../src/platform/node/files';
import type { Template } from '../../src/scaffold';
import { recordFile, writeRecord } from '../../src/scaffold/record';
import { bundledShelf } from '../../src/scaffold/update';
import type { Rendered } from '../../src/scaffold/update/rendered';
import { renderVersion } from '../../src/scaffold/update/rendered';

const given = { name: 'orders', owner: 'team-shop' };

/** Writes a service of django-service 1.0.0 from its archive in `templates`, and gives what that version and the present one hold. */
export async function writeOldService(
  dir: string,
  templates = resolve('templates'),
): Promise<{ readonly old: Rendered; readonly present: Rendered }> {
  const shelf = bundledShelf(templates, nodeFiles);
  const record = { id: 'django-service', version: '1.0.0', source: 'bundled', answers: {}, files: {} };
  const template: Template | undefined = await shelf.version(record, '1.0.0');
  assert.ok(template);
  const old = renderVersion(template, given);
  const hashes: Record<string, string> = {};
  for (const file of old.files.values()) {
    mkdirSync(dirname(join(dir, file.path)), { recursive: true });
    writeFileSync(join(dir, file.path), file.bytes, { mode: file.executable ? 0o755 : 0o644 });
    if (file.class === 'managed') hashes[file.path] = await sha256(file.bytes);
  }
  const manifest = 'name: orders\nowner: team-shop\nspec: openapi.yaml\n';
  const whole = writeRecord(manifest, { ...record, answers: old.answers, files: hashes });
  writeFileSync(join(dir, recordFile), whole);
  return { old, present: renderVersion(await shelf.newest(record), given) };
}

/** The text of a file of the old version with one line of somebody's own where the present version changed one: a conflict. */
export function clashing(
  path: string,
  { old, present }: { readonly old: Rendered; readonly present: Rendered },
): string {
  const linesOf = (rendered: Rendered): readonly string[] =>
    Buffer.from(rendered.files.get(path)?.bytes ?? [])
      .toString('utf8')
      .split('\n');
  const now = new Set(linesOf(present));
  const lines = linesOf(old);
  const at = lines.findIndex((line) => line !== '' && !now.has(line));
  assert.ok(at >= 0, `${path} is the same in both versions`);
  return lines.with(at, `${lines[at]} # mine`).join('\n');
}
