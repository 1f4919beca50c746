#!/usr/bin/env node
// The one entry for every kind of test and for `make run`: it bundles the harness (test/editor) and hands over.
// The bundle is named by its content, so that two runs at once never read a half-written file.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
process.chdir(root);

if (!existsSync(join(root, 'node_modules', 'esbuild'))) {
  console.error('The development packages are not installed. Run `make setup` first.');
  process.exit(2);
}

const { build } = await import('esbuild');
const { outputFiles } = await build({
  entryPoints: ['test/editor/main.ts'],
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  packages: 'external',
  sourcemap: 'inline',
  write: false,
  logLevel: 'warning',
});
const code = outputFiles[0].contents;
const folder = join(root, 'out', 'test', 'harness');
const file = join(folder, `${createHash('sha256').update(code).digest('hex').slice(0, 16)}.mjs`);
if (!existsSync(file)) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${file}.${process.pid}`, code);
  renameSync(`${file}.${process.pid}`, file);
}
process.setSourceMapsEnabled(true);
const { main } = await import(pathToFileURL(file).href);
process.exitCode = await main(process.argv.slice(2));
