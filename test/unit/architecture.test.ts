import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { build } from 'esbuild';

/** The walls, checked on what really ships: esbuild's metafile of the entry points is the import graph. */

/** The editor's, then those that know no editor. */
const entries = ['extension', 'server', 'cli', 'code-worker'].map((name) => `src/main/${name}.ts`);
/** The scripts of pages inside the editor, which run in a browser, and what each may use of its room. */
const pages = [
  { entry: 'src/scaffold/host/webview/form.ts', pure: /^src\/(base|scaffold\/(form|host\/webview))\// },
  {
    entry: 'src/guidelines/host/webview/preview.ts',
    pure: /^src\/(base|guidelines\/(preview|host\/webview))\//,
  },
];
const rooms = ['scaffold', 'guidelines', 'tasks', 'services', 'deploy', 'embedded'];
/** Rooms that a room may ask, by their door. */
const mayAsk: Readonly<Record<string, readonly string[]>> = {
  deploy: ['services'],
  embedded: ['services'],
  scaffold: [],
  tasks: [],
  guidelines: [],
  services: [],
};
/** The one file, or folder, of each npm package. */
const doors: Readonly<Record<string, RegExp>> = {
  yaml: /^src\/(deploy\/providers\/(empire\/procfile|kubernetes\/kubeconfig)-yaml|guidelines\/yaml-package|scaffold\/(yaml|record|record-comments)|services\/manifest|tasks\/sources\/task\/document)\.ts$/,
  '@lezer/python': /^src\/scaffold\/check\/parse\/python\.ts$/,
  pluralize: /^src\/guidelines\/rules\/path-segments-plural\.ts$/,
  'smol-toml': /^src\/scaffold\/check\/parse\/toml\.ts$/,
  ignore: /^src\/(embedded\/|deploy\/providers\/heroku\/source\.ts$)/,
  'modern-tar': /^src\/platform\/node\/(archive|unpack)\.ts$/,
  'vscode-languageclient': /^src\/guidelines\/host\/vscode(\/[a-z-]+)?\.ts$/,
  'vscode-languageserver-protocol': /^src\/(guidelines\/host\/lsp(\/[a-z-]+)?|main\/server)\.ts$/,
};

interface Edge {
  readonly from: string;
  readonly to: string;
  readonly external: boolean;
  /** Loaded when it is asked for, not with what asks. */
  readonly later: boolean;
}

async function graph(entryPoints: readonly string[]): Promise<readonly Edge[]> {
  const { metafile } = await build({
    entryPoints: [...entryPoints],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['vscode'],
    outdir: 'out/architecture',
    write: false,
    metafile: true,
    logLevel: 'silent',
  });
  return Object.entries(metafile.inputs)
    .filter(([from]) => from.startsWith('src/'))
    .flatMap(([from, input]) =>
      input.imports.map((one) => ({
        from,
        to: one.external === true || one.path.includes('node_modules/') ? packageOf(one.path) : one.path,
        external: one.external === true || one.path.includes('node_modules/'),
        later: one.kind === 'dynamic-import',
      })),
    );
}

function packageOf(path: string): string {
  const inside = path.split('node_modules/').at(-1) ?? path;
  if (inside.startsWith('node:') || path === 'vscode') return inside;
  const [first = '', second = ''] = inside.split('/');
  return first.startsWith('@') ? `${first}/${second}` : first;
}

const roomOf = (path: string): string => path.split('/')[1] ?? '';
const isVsCodeHost = (path: string): boolean =>
  /^src\/\w+\/host\/vscode(\/[a-z-]+)*\.ts$/.test(path) ||
  path.startsWith('src/platform/vscode/') ||
  path === 'src/main/extension.ts' ||
  path.startsWith('src/main/extension/');
const isNodeSide = (path: string): boolean =>
  path.startsWith('src/platform/node/') || path.startsWith('src/main/') || path.startsWith('src/embedded/');

function externalFault({ from, to }: Edge): string | undefined {
  if (to === 'vscode') return isVsCodeHost(from) ? undefined : `${from} imports vscode`;
  if (to.startsWith('node:')) return isNodeSide(from) ? undefined : `${from} imports ${to}`;
  const door = doors[to];
  return door?.test(from) === true ? undefined : `${from} imports the package ${to}, which is not its door`;
}

function innerFault({ from, to }: Edge): string | undefined {
  const [source, target] = [roomOf(from), roomOf(to)];
  if (source === target || source === 'main' || target === 'base') return undefined;
  const allowed = target === 'platform' ? mayUsePlatform(from, to) : mayAskRoom(from, to);
  return allowed ? undefined : `${from} imports ${to}`;
}

function mayUsePlatform(from: string, to: string): boolean {
  return to.startsWith('src/platform/vscode/') ? isVsCodeHost(from) : roomOf(from) === 'embedded';
}

/** By its door, or, among editor hosts, by its editor host. */
function mayAskRoom(from: string, to: string): boolean {
  const [source, target] = [roomOf(from), roomOf(to)];
  const door =
    to === `src/${target}/index.ts` || (isVsCodeHost(from) && to === `src/${target}/host/vscode.ts`);
  return door && mayAsk[source]?.includes(target) === true;
}

test('no file reaches past a wall', async () => {
  const edges = await graph(entries);
  assert.ok(edges.length > 50, 'the graph is not empty');
  const faults = edges.flatMap((edge) => (edge.external ? externalFault(edge) : innerFault(edge)) ?? []);
  assert.deepEqual(faults, []);
});

test('the server and the command line know no editor', async () => {
  const edges = await graph(entries.slice(1));
  assert.deepEqual(
    edges.filter((edge) => edge.to === 'vscode' || edge.to.startsWith('src/platform/vscode/')),
    [],
  );
});

test('a page knows neither the editor nor the machine, no package, and of its room only what is pure', async () => {
  for (const { entry, pure } of pages) {
    const edges = await graph([entry]);
    assert.ok(edges.length > 5, 'the graph is not empty');
    assert.deepEqual(
      edges.filter(({ to, external }) => external || !pure.test(to)),
      [],
    );
  }
});

test('the language server holds no rule of another room', async () => {
  const edges = await graph(entries.slice(1, 2));
  const reached = new Set(edges.map((edge) => roomOf(edge.to)));
  assert.deepEqual(
    rooms.filter((room) => room !== 'guidelines' && reached.has(room)),
    [],
  );
});

test('a window opens without the platforms, and without what reads descriptions and YAML', async () => {
  const edges = (await graph(entries.slice(0, 1))).filter(({ later }) => !later);
  const reached = new Set(entries.slice(0, 1));
  for (const file of reached) for (const { from, to } of edges) if (from === file) reached.add(to);
  assert.ok(reached.has('src/deploy/host/vscode.ts'), 'the start is followed');
  assert.deepEqual(
    [...reached].filter((to) => /^yaml$|^src\/(deploy\/providers\/all|guidelines\/spec)\.ts$/.test(to)),
    [],
  );
});

test('what runs functions of rule sets holds no rule, and of other rooms nothing', async () => {
  const edges = await graph(entries.slice(3));
  assert.ok(edges.length > 20, 'the graph is not empty');
  assert.deepEqual(
    edges.filter(({ to }) => to.startsWith('src/guidelines/rules/')),
    [],
  );
  const reached = new Set(edges.map((edge) => roomOf(edge.to)));
  assert.deepEqual(
    rooms.filter((room) => room !== 'guidelines' && reached.has(room)),
    [],
  );
});

function sources(dir: string): readonly string[] {
  return readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.gen.ts'))
    .map((path) => join(dir, path));
}

test('each room has a door that says what it is, what it may use and how to extend it', () => {
  for (const room of rooms) {
    const lines = readFileSync(`src/${room}/index.ts`, 'utf8').split('\n').slice(0, 3);
    assert.ok(
      lines.every((line) => line.startsWith('// ')),
      `src/${room}/index.ts opens with three comment lines`,
    );
  }
});

test('no file is over 300 lines and no path of a machine is written down', () => {
  const files = sources('src');
  assert.ok(files.length > 50);
  for (const file of files) {
    const text = readFileSync(file, 'utf8');
    assert.ok(text.split('\n').length <= 301, `${file} has at most 300 lines`);
    assert.doesNotMatch(text, /\/(work|root|home\/\w+)\//, `${file} names a path of one machine`);
  }
});
