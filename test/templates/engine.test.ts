import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { parse } from 'yaml';
import { describeMissing, isRoot, missingFor } from '../editor/system';
import type { Database } from './database';
import { freePort, startBroker, startDatabase } from './database';
import type { Engine } from './engine';
import { basesOf, catchesTerm, startEngine, tagBases, until, userOf } from './engine';
import type { Trial } from './trials';
import { allTrials, folderOf, textOf, writeFiles } from './trials';

/** The generated images, built by a real engine and run as compose.yaml says, against a real PostgreSQL. */

let engine: Engine | undefined;
let database: Database | undefined;
let broker: Pick<Database, 'port' | 'stop'> | undefined;
let why: string | undefined;
let root = '';

before(async () => {
  const missing = await missingFor('containers');
  if (missing.length > 0) why = describeMissing(missing, true);
  else if (!isRoot()) why = 'Only root can start a container engine.';
  if (why !== undefined) return;
  root = await mkdtemp(join(tmpdir(), 'images-'));
  engine = await startEngine();
  database = await startDatabase();
  broker = await startBroker();
});

after(async () => {
  await broker?.stop();
  await database?.stop();
  await engine?.stop();
  if (root !== '') await rm(root, { recursive: true, force: true });
});

/** What of a compose file is looked at. */
interface Compose {
  readonly services: Readonly<Record<string, ComposeService>>;
}
interface ComposeService {
  readonly build?: unknown;
  readonly command?: readonly string[];
  readonly healthcheck?: { readonly disable?: boolean };
  readonly environment?: Readonly<Record<string, string>>;
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
}

/** Stands in for the code that a blank service does not have yet. */
const anyService = `#!/bin/sh
exec python3 -c '
import http.server, os, signal, sys
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200 if self.path in ("/livez", "/readyz") else 404)
        self.end_headers()
signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
http.server.HTTPServer(("127.0.0.1", int(os.environ["PORT"])), Handler).serve_forever()
'
`;

/** Of each template with an image: what one gets without choosing, and the answers with most files. */
const chosenTrials = async (): Promise<readonly Trial[]> => {
  const trials = (await allTrials()).filter((one) => one.files.some((file) => file.path === 'Dockerfile'));
  const ids = [...new Set(trials.map((trial) => trial.template.id))];
  return ids.flatMap((id) => {
    const own = trials.filter((trial) => trial.template.id === id);
    const [most] = own.toSorted((a, b) => b.files.length - a.files.length);
    return [...new Set([...own.slice(0, 1), ...(most ? [most] : [])])];
  });
};

const fileOf = (trial: Trial, path: string): string => {
  const file = trial.files.find((one) => one.path === path);
  assert.ok(file, `${trial.name} has ${path}`);
  return textOf(file);
};

test('images are built, healthy, not root, and end when they are told', async (t) => {
  if (engine === undefined || database === undefined || broker === undefined) return t.skip(why ?? '');
  const around = { engine, database, broker };
  for (const trial of await chosenTrials())
    await t.test(trial.name, async () => {
      await runs(trial, await built(trial, around.engine), around);
    });
});

async function built(trial: Trial, theEngine: Engine): Promise<string> {
  const dir = join(root, folderOf(trial));
  await writeFiles(dir, trial.files);
  if (trial.template.id === 'blank') await writeFile(join(dir, 'scripts/web'), anyService);
  await tagBases(theEngine, basesOf(fileOf(trial, 'Dockerfile')));
  const image = folderOf(trial);
  await theEngine.ok('build', '--network', 'host', '--build-arg', 'REVISION=abc', '--tag', image, dir);
  return image;
}

interface Around {
  readonly engine: Engine;
  readonly database: Database;
  readonly broker: Pick<Database, 'port'>;
}

/** Runs the services of compose.yaml on the host's network: first those that others wait for to end, then the others. */
async function runs(trial: Trial, image: string, around: Around): Promise<void> {
  const compose = parse(fileOf(trial, 'compose.yaml'), { merge: true }) as Compose;
  const own = Object.entries(compose.services).filter(([, one]) => one.build !== undefined);
  const waits = Object.values(compose.services).flatMap((one) => Object.entries(one.depends_on ?? {}));
  const ends = new Set(
    waits.filter(([, { condition }]) => condition === 'service_completed_successfully').map(([name]) => name),
  );
  const names = own.map(
    ([, one]) => /^postgres:\/\/([^:]+):/.exec(one.environment?.['DATABASE_URL'] ?? '')?.[1],
  );
  for (const name of new Set(names)) if (name !== undefined) await around.database.create(name);
  const moved = await movedTo(around);
  for (const [, service] of own.filter(([name]) => ends.has(name)))
    await around.engine.ok('run', '--rm', ...optionsOf(service, moved), image, ...(service.command ?? []));
  for (const [name, service] of own.filter(([name]) => !ends.has(name))) {
    const command = service.command ?? [];
    const checked = service.healthcheck?.disable !== true;
    const options = [...optionsOf(service, moved), ...(checked ? [] : ['--no-healthcheck'])];
    await staysUp({ name, image, options, command, checked }, around);
  }
}

type Moved = (value: string) => string;

/** Addresses of other containers become those of this machine, and the port one that is free. */
async function movedTo(around: Around): Promise<Moved> {
  const port = await freePort();
  return (value) =>
    value
      .replace('@db:5432/', `@127.0.0.1:${around.database.port}/`)
      .replace('//broker:6379/', `//127.0.0.1:${around.broker.port}/`)
      .replace(/^8000$/, String(port))
      // What the person who starts it may set, and what holds if not.
      .replaceAll(/\$\{\w+:-([^}]*)\}/g, '$1');
}

function optionsOf(service: ComposeService, moved: Moved): readonly string[] {
  const pairs = Object.entries(service.environment ?? {});
  return [
    '--network',
    'host',
    ...pairs.flatMap(([key, value]) => ['--env', `${key}=${moved(String(value))}`]),
  ];
}

interface Container {
  readonly name: string;
  readonly image: string;
  readonly options: readonly string[];
  readonly command: readonly string[];
  /** Whether it has a health check; one without is up once it can be told to end. */
  readonly checked: boolean;
}

async function staysUp(
  { name, image, options, command, checked }: Container,
  { engine: theEngine }: Around,
): Promise<void> {
  const container = `${image}-${name}`;
  await theEngine.ok('run', '--detach', '--name', container, ...options, image, ...command);
  const logs = async (): Promise<string> =>
    `${container} does not become healthy:\n${(await theEngine.docker('logs', '--tail', '50', container)).output}`;
  const health = async (): Promise<true | undefined> => {
    const format = checked ? '{{.State.Running}} {{.State.Health.Status}}' : '{{.State.Running}} unchecked';
    const state = (await theEngine.ok('inspect', '--format', format, container)).trim();
    if (!state.startsWith('true')) throw new Error(await logs());
    if (state === 'true unchecked') return (await catchesTerm(theEngine, container)) ? true : undefined;
    return state === 'true healthy' ? true : undefined;
  };
  try {
    await until(health, 90, logs);
    assert.notEqual(await userOf(theEngine, container), 0, `${container} does not run as root`);
    const port = options.find((one) => one.startsWith('PORT='))?.slice('PORT='.length);
    for (const path of port === undefined ? [] : ['/livez', '/readyz'])
      assert.equal((await fetch(`http://127.0.0.1:${port}${path}`)).status, 200, path);
    await theEngine.ok('stop', '--time', '30', container);
    const code = (await theEngine.ok('inspect', '--format', '{{.State.ExitCode}}', container)).trim();
    // 137: it was killed after the 30 seconds.
    assert.ok(['0', '143'].includes(code), `${container} ended with ${code}`);
  } finally {
    await theEngine.docker('rm', '--force', container);
  }
}
