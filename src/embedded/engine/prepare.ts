import { randomBytes } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { nodeFiles } from '../../platform/node/files';
import type { BuildOptions, Built } from '../build/builder';
import { buildImage, isImage } from '../build/image';
import { buildNode, nodeStart } from '../build/node';
import { buildPython } from '../build/python';
import { missingConfig, sourceNotFound } from '../errors';
import type { ConfigVar } from '../release/app-json';
import { parseAppJson } from '../release/app-json';
import type { Procfile } from '../release/procfile';
import { parseProcfile } from '../release/procfile';
import type { Slug } from '../release/snapshot';
import { takeSnapshot } from '../release/snapshot';
import type { DeployRequest, Deploying } from './deploying';

interface Snapshot {
  readonly slug: Slug;
  readonly processes: Procfile;
  /** What app.json and the environment give; what was set on the platform stands above it. */
  readonly given: Readonly<Record<string, string>>;
}

/** Copies the tree, having read its Procfile and app.json: what is wrong there is told before anything is done. */
export async function snapshot(
  deploying: Deploying,
  request: DeployRequest,
  say: (text: string) => void,
): Promise<Snapshot> {
  const { source } = request;
  const stats = await stat(source).catch(() => undefined);
  if (stats?.isDirectory() !== true) throw sourceNotFound(source);
  const processes = await processesOf(source);
  const vars = parseAppJson(await nodeFiles.readText(join(source, 'app.json')), source);
  const given = await settle(deploying, vars, request.config);
  const { store } = deploying.parts;
  if (!request.origin && !request.sent && store.app.source !== '' && store.app.source !== source)
    say(`${store.app.name} was deployed from ${store.app.source} before`);
  const kept = request.origin || request.sent ? {} : { source };
  await store.saveApp({ ...kept, environment: request.environment });
  const slug = await takeSnapshot(source, store.paths.slugs, deploying.signal);
  for (const link of slug.strayLinks) say(`Left out ${link}: it points out of the service`);
  say(`${slug.files} files, ${Math.ceil(slug.bytes / 1024)} KiB, ${slug.id}`);
  return { slug, processes, given };
}

/** The variables of the release: app.json's values and made-once secrets, then what the environment says. */
async function settle(
  { parts, redactor }: Deploying,
  vars: readonly ConfigVar[],
  said: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, string>>> {
  const generated = { ...parts.store.app.generated };
  for (const { name, isSecret } of vars)
    if (isSecret && said[name] === undefined) generated[name] ??= randomBytes(32).toString('hex');
  redactor.add(Object.values(generated));
  await parts.store.saveApp({ generated });
  const config: Record<string, string> = {};
  for (const { name, value, isSecret } of vars) {
    const found = isSecret ? generated[name] : value;
    if (found !== undefined) config[name] = found;
  }
  Object.assign(config, said);
  const given = new Set([
    'PORT',
    'DATABASE_URL',
    ...Object.keys(config),
    ...Object.keys(parts.store.app.config),
  ]);
  const missing = vars.filter((one) => one.isRequired && !given.has(one.name)).map((one) => one.name);
  if (missing.length > 0) throw missingConfig(missing);
  return config;
}

/** The Procfile's; without one, what a Dockerfile or the start script of package.json starts. */
async function processesOf(source: string): Promise<Procfile> {
  const text = await nodeFiles.readText(join(source, 'Procfile'));
  if (text !== undefined) return parseProcfile(text, source);
  if (isImage(source)) return { web: '' };
  const start = await nodeStart(source);
  return start === undefined ? parseProcfile(undefined, source) : { web: start };
}

/** Makes what the processes run from: a container image, or the packages of Python and of Node. */
export async function build(
  { parts: { context, store }, signal }: Deploying,
  slug: { readonly id: string; readonly dir: string },
  python: string | undefined,
  say: (text: string) => void,
): Promise<Built> {
  const env =
    python === undefined || python === '' ? context.env : { ...context.env, SERVICEWRIGHT_PYTHON: python };
  const { venvs, buildEnv, runFiles } = context;
  const { name: app } = store.app;
  const options: BuildOptions = {
    app,
    slugDir: slug.dir,
    slugId: slug.id,
    venvs,
    env,
    buildEnv,
    runFiles,
    signal,
    say,
  };
  if (isImage(slug.dir)) return buildImage(options);
  const built = [await buildPython(options, context.building), await buildNode(options, context.building)];
  const found = built.filter((one) => one !== undefined);
  if (found.length === 0) say('Nothing to build: no requirements.txt, pyproject.toml or package.json');
  const bins = found.flatMap(({ bin }) => bin ?? []);
  return {
    ...(bins.length === 0 ? {} : { bin: bins.join(delimiter) }),
    uses: found.flatMap(({ uses }) => uses),
  };
}
