import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { withEditor } from '../test/editor/driver';
import { cli } from '../test/helpers/cli';

/**
 * What the extension costs a window: the size of the VSIX (aim: below 1.5 MB) and its activation (aim: below 50 ms), in a workspace with
 * a service. `own` is the time that our code keeps the extension host busy: loading the bundle and running `activate`. `shown` is what
 * *Developer: Show Running Extensions* says, which also counts how long the host waits for the window. Medians of five windows.
 */
const rounds = 5;

interface Times {
  readonly own: number;
  readonly shown: number;
}

/** The packaged extension with a stopwatch around its bundle; it writes its two times to the file. */
async function timedCopy(vsix: string, folder: string, times: string): Promise<string> {
  const bundle = await readFile('out/extension.js', 'utf8');
  const timed = join(folder, 'extension.js');
  const say = `require('node:fs').writeFileSync(${JSON.stringify(times)}, String(loaded + performance.now() - began))`;
  await writeFile(
    timed,
    `const start = performance.now();${bundle};
const loaded = performance.now() - start, plain = module.exports;
module.exports = { ...plain, activate(context) { const began = performance.now(); const result = plain.activate(context); ${say}; return result; } };`,
  );
  const copy = join(folder, 'timed.vsix');
  const rewrite = `
import sys, zipfile
source, target, bundle = sys.argv[1:]
with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, 'w', zipfile.ZIP_DEFLATED) as new:
    for item in old.infolist():
        text = open(bundle, 'rb').read() if item.filename == 'extension/out/extension.js' else old.read(item)
        new.writestr(item, text)`;
  execFileSync('python3', ['-c', rewrite, vsix, copy, timed]);
  return copy;
}

async function activate(workspace: string, vsix: string, times: string): Promise<Times> {
  let shown = NaN;
  await withEditor({ workspace, vsix: [vsix], journey: 'bench-activation' }, async (editor) => {
    await editor.statusBar('orders → local').waitFor();
    await editor.runCommand('Developer: Show Running Extensions');
    const row = editor.page
      .locator('.runtime-extensions-editor .monaco-list-row')
      .filter({ hasText: 'Servicewright' })
      .first();
    const text = await editor.waitUntil(() => row.innerText(), /Activation: \d+\s*ms/u);
    shown = Number(/Activation: (\d+)/u.exec(text)?.[1]);
  });
  return { own: Number(await readFile(times, 'utf8')), shown };
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
const all = (values: readonly number[]): string => values.map((value) => value.toFixed(0)).join(', ');

async function main(): Promise<void> {
  const vsix = resolve(process.env['SERVICEWRIGHT_VSIX'] ?? 'dist/servicewright.vsix');
  console.log(`VSIX                      ${((await stat(vsix)).size / 1e6).toFixed(2)} MB`);
  for (const name of ['extension', 'server', 'cli']) {
    const bundle = await stat(`out/${name}.js`);
    console.log(`${`out/${name}.js`.padEnd(26)}${(bundle.size / 1e3).toFixed(0)} kB`);
  }
  const folder = await mkdtemp(join(tmpdir(), 'services-'));
  try {
    await cli(['new', 'django-service', join(folder, 'workspace', 'orders'), '--set', 'owner=team-shop']);
    const times = join(folder, 'times');
    const timed = await timedCopy(vsix, folder, times);
    const found: Times[] = [];
    for (let round = 0; round < rounds; round++)
      found.push(await activate(join(folder, 'workspace'), timed, times));
    const [own, shown] = [found.map((one) => one.own), found.map((one) => one.shown)];
    console.log(`activation, own           ${median(own).toFixed(0)} ms (${all(own)})`);
    console.log(`activation, shown         ${median(shown).toFixed(0)} ms (${all(shown)})`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

void main();
