import { existsSync } from 'node:fs';
import { cp, mkdir, readdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { packageExtension } from './package';
import { run, runOrFail } from './processes';
import { startServer } from './server';
import { ensure } from './system';

/** Made once and then the user's: what is changed in it stays. */
const sampleFolder = resolve('.sample');
const sampleFixture = join('test', 'fixtures', 'sample-workspace');
/** Settings of the editor stay between runs, apart from any other editor of the user. */
const editorHome = resolve('.vscode-test', 'run');
/** The usual port, so that a bookmark goes on working; another one when it is taken. */
const usualPort = 3710;

/** `make run`: an editor with the packaged extension, a sample workspace and the platform, until Ctrl-C. */
export async function runForUser(): Promise<number> {
  await ensure('service');
  const vsix = await packageExtension();
  await makeSample();
  // From here on a signal does not end us at once: what was started has to be stopped.
  const stopped = untilStopped();
  const stopPlatform = await startPlatform();
  try {
    const ownEditor = process.env['EDITOR_CLI'];
    if (ownEditor === undefined || ownEditor === '') await serveEditor(vsix, stopped);
    else await useOwnEditor(ownEditor, vsix, stopped);
  } finally {
    await stopPlatform();
  }
  return 0;
}

async function serveEditor(vsix: string, stopped: Promise<void>): Promise<void> {
  await mkdir(editorHome, { recursive: true });
  const server = await startServer({
    vsix: [vsix],
    home: editorHome,
    port: (await isFree(usualPort)) ? usualPort : 0,
    // Everything in the sample comes from this repository, and each new service opens in a folder of its own:
    // a newcomer would be asked again and again. `TRUST=on make run` asks, to see Restricted Mode.
    trusted: process.env['TRUST'] !== 'on',
  });
  console.log(`\nServicewright is ready: ${server.url}/?folder=${encodeURI(sampleFolder)}\nCtrl-C stops it.`);
  await Promise.race([stopped, server.ended]);
  console.log('\nStopping …');
  await server.stop();
}

async function useOwnEditor(editor: string, vsix: string, stopped: Promise<void>): Promise<void> {
  await runOrFail(editor, ['--install-extension', vsix, '--force']);
  await runOrFail(editor, ['--new-window', sampleFolder]);
  console.log(
    `\nServicewright is ready: ${sampleFolder} is open in \`${editor}\`.\nCtrl-C stops the platform.`,
  );
  await stopped;
}

/** Resolves on the first signal to stop; from then on the caller cleans up. */
function untilStopped(): Promise<void> {
  return new Promise((done) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => done());
  });
}

async function makeSample(): Promise<void> {
  if (existsSync(sampleFolder) && (await readdir(sampleFolder)).length > 0) return;
  if (existsSync(sampleFixture)) {
    await cp(sampleFixture, sampleFolder, { recursive: true });
    return;
  }
  console.log(`Making a sample service in ${join(sampleFolder, 'orders')} …`);
  await mkdir(sampleFolder, { recursive: true });
  const answers = ['--set', 'owner=team-shop'];
  const { code, output } = await cli('new', 'django-service', join(sampleFolder, 'orders'), ...answers);
  if (code !== 0)
    console.log(`The sample workspace is empty, because no service could be made:\n${output.trim()}`);
}

/** Starts the embedded platform unless it runs already. Gives what undoes it. */
async function startPlatform(): Promise<() => Promise<void>> {
  const before = await cli('platform', 'status', '--json');
  const { code, output } = await cli('platform', 'start');
  if (code !== 0) {
    console.log(
      `The embedded platform does not run, so the deploy button has nothing to deploy to:\n${output.trim()}`,
    );
    return () => Promise.resolve();
  }
  if (before.code === 0 && isRunning(before.output)) return () => Promise.resolve();
  return async () => {
    await cli('platform', 'stop');
  };
}

function isRunning(json: string): boolean {
  const value: unknown = JSON.parse(json);
  return typeof value === 'object' && value !== null && 'running' in value && value.running === true;
}

function cli(...args: readonly string[]): Promise<{ readonly code: number; readonly output: string }> {
  return run(process.execPath, [join('out', 'cli.js'), ...args], { quiet: true });
}

function isFree(port: number): Promise<boolean> {
  return new Promise((done) => {
    const probe = createServer();
    probe.once('error', () => done(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => done(true)));
  });
}
