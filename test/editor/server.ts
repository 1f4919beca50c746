import { once } from 'node:events';
import { appendFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { cleanEnvironment, copyExtensions, installExtensions, placesOf } from './extensions';
import { HarnessFailure } from './failure';
import { startFamily, type Family } from './family';
import { installCodeServer } from './install';

export type ServerOptions = {
  /** Packaged extensions to install before the start. */
  readonly vsix: readonly string[];
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
  /** False keeps Workspace Trust on: the editor asks before it leaves Restricted Mode. */
  readonly trusted?: boolean;
  /** Where settings and extensions live; a temporary folder that goes away with the server when left out. */
  readonly home?: string;
  /** A free one when left out or 0. */
  readonly port?: number;
};

export type EditorServer = {
  readonly url: string;
  /** Where the server's own output goes. */
  readonly log: string;
  /** Settles when the server is over, whoever ended it. */
  readonly ended: Promise<void>;
  /** Ends the server and whatever was started from it. Gives the command lines that outlived the server. */
  stop(): Promise<readonly string[]>;
};

const startDeadlineMs = 60_000;

/** Settings that keep the window to what is being looked at. */
const calmSettings: Readonly<Record<string, unknown>> = {
  'chat.disableAIFeatures': true,
  'remote.autoForwardPorts': false,
  'editor.minimap.enabled': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'git.openRepositoryInParentFolders': 'never',
  'security.workspace.trust.startupPrompt': 'always',
  'telemetry.telemetryLevel': 'off',
  // Drawn as text, which can be read back, and once only.
  'terminal.integrated.gpuAcceleration': 'off',
  'terminal.integrated.stickyScroll.enabled': false,
  'update.mode': 'none',
  'window.menuBarVisibility': 'compact',
  'workbench.colorTheme': 'Default Light Modern',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
};

/** Installs the extensions into a code-server of its own, starts it on 127.0.0.1 and waits until it answers. */
export async function startServer(options: ServerOptions): Promise<EditorServer> {
  const codeServer = await installCodeServer();
  const home = options.home ?? (await mkdtemp(join(tmpdir(), 'servicewright-editor-')));
  // The socket lies in the temporary folder, because its path must be short (108 bytes on Linux).
  const socket = join(tmpdir(), `servicewright-${process.pid}-${process.hrtime.bigint()}.sock`);
  const apart = [...placesOf(home), '--session-socket', socket];
  const log = join(home, 'server.log');
  await writeSettings(home, options);
  const env = { ...cleanEnvironment(), ...options.env };
  // A home that is kept may hold other extensions of its user.
  await (options.home === undefined ? copyExtensions : installExtensions)(home, options.vsix);
  const trust = options.trusted === false ? [] : ['--disable-workspace-trust'];
  const bind = ['--auth', 'none', '--bind-addr', `127.0.0.1:${options.port ?? 0}`];
  const quiet = ['--disable-telemetry', '--disable-update-check', '--disable-getting-started-override'];
  const args = [codeServer.entry, ...bind, ...apart, ...trust, ...quiet];
  const family = startFamily(codeServer.node, args, env);
  const ended = once(family.child, 'exit').then(() => undefined);
  const url = await whenListening(family, log);
  return {
    url,
    log,
    ended,
    stop: async () => {
      const left = await family.stop();
      await rm(socket, { force: true });
      if (options.home === undefined) await rm(home, { recursive: true, force: true, maxRetries: 3 });
      return left;
    },
  };
}

async function writeSettings(home: string, options: ServerOptions): Promise<void> {
  const folder = join(home, 'data', 'User');
  await mkdir(folder, { recursive: true });
  const settings = { ...calmSettings, ...options.settings };
  // A home that is kept holds what its user has changed.
  const flag = options.home === undefined ? 'w' : 'wx';
  await writeFile(join(folder, 'settings.json'), `${JSON.stringify(settings, undefined, 2)}\n`, {
    flag,
  }).catch((error: unknown) => {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  });
}

function whenListening(family: Family, log: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    const fail = (reason: string): void => {
      const failure = new HarnessFailure(`code-server ${reason}:\n${output.trim()}`);
      family.stop().then(() => reject(failure), reject);
    };
    const ended = (code: number | null): void => {
      clearTimeout(timer);
      fail(`ended with exit code ${code ?? 'none'} before it answered`);
    };
    const timer = setTimeout(() => fail('did not answer in time'), startDeadlineMs);
    const take = (chunk: string): void => {
      output += chunk;
      appendFileSync(log, chunk);
      const url = /HTTP server listening on (http:\/\/127\.0\.0\.1:\d+)/u.exec(output)?.[1];
      if (url === undefined) return;
      clearTimeout(timer);
      family.child.removeListener('exit', ended);
      resolve(url);
    };
    family.child.stdout.setEncoding('utf8').on('data', take);
    family.child.stderr.setEncoding('utf8').on('data', take);
    family.child.once('exit', ended);
  });
}
