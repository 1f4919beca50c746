import { fileURLToPath } from 'node:url';
import { isObject, stringAt, stringMap } from '../../base/json';
import type { App } from '../engine/app';
import type { DeployRequest } from '../engine/deploying';
import type { DeployFacts, SourceFacts } from '../engine/facts';
import { badRequest, notFound } from '../errors';
import type { Call, Route } from './call';
import { get, json, pages, post, remove } from './call';
import type { ApiParts } from './parts';
import { appOf, checkNames, extrasOf, optionalText, streamsOf } from './parts';
import type { Shape } from './shapes';
import { buildShape } from './shapes';

const all = /^\/apps\/([^/]+)\/builds$/;
const one = /^\/apps\/([^/]+)\/builds\/([\w-]+)$/;
const source = /^\/sources\/([0-9a-f-]{36})$/;

/** How long the address of a source is good, in seconds. */
const sourceLasts = 3600;

/** Sources, and the builds that are made of them. */
export function buildRoutes(parts: ApiParts): readonly Route[] {
  const shapeOf = (call: Call, app: App, facts: DeployFacts): Shape =>
    buildShape(app.name, facts, streamsOf(parts, call, app.name, { deploy: facts.id, part: 'build' }));
  const buildsOf = (app: App): readonly DeployFacts[] => app.deploys().filter(({ kind }) => kind === 'build');
  const buildIn = (app: App, { parameters: [, id = ''] }: Call): DeployFacts => {
    const found = buildsOf(app).find((each) => each.id === id);
    if (!found) throw notFound(`build ${id}`);
    return found;
  };
  return [
    ...sourceRoutes(parts),
    get(all, (call) => {
      const app = appOf(parts, call);
      const entries = buildsOf(app).map((facts) => ({
        keys: { id: facts.id, created_at: facts.at },
        shape: () => shapeOf(call, app, facts),
      }));
      return pages(entries, 'created_at');
    }),
    post(all, async (call) => {
      const app = appOf(parts, call);
      const { request, over } = await readBuild(parts, call);
      try {
        const record = app.deploy(request);
        void record.finished.then(over);
        return json(shapeOf(call, app, record.facts), 201);
      } catch (error) {
        await over();
        throw error;
      }
    }),
    get(one, (call) => {
      const app = appOf(parts, call);
      return json(shapeOf(call, app, buildIn(app, call)));
    }),
    remove(one, (call) => {
      const app = appOf(parts, call);
      const build = buildIn(app, call);
      app.cancel(build.id);
      return json(shapeOf(call, app, build));
    }),
  ];
}

function sourceRoutes({ links, sources }: ApiParts): readonly Route[] {
  return [
    post(/^\/sources$/, ({ origin }) => {
      const address = links.make(origin, `/sources/${sources.make()}`, {}, sourceLasts);
      return json({ source_blob: { get_url: address, put_url: address } }, 201);
    }),
    {
      method: 'PUT',
      path: source,
      access: 'link',
      isRaw: true,
      async answer({ parameters: [id = ''], request }) {
        await sources.take(id, request);
        return json({});
      },
    },
  ];
}

interface Building {
  readonly request: DeployRequest;
  /** Takes away what was unpacked for it. */
  over(): Promise<void>;
}

/** The door for what is to be built. Throws UserError `embedded/bad-request`. */
async function readBuild({ links, sources }: ApiParts, { body }: Call): Promise<Building> {
  const blob = isObject(body) ? body['source_blob'] : undefined;
  const address = urlIn(blob);
  const extras = readExtras(body);
  const message = optionalText(blob, 'version_description');
  const said = { ...extras, ...(message === undefined ? {} : { message }) };
  if (address.protocol === 'file:')
    return { request: { ...said, source: folderOf(address) }, over: async () => undefined };
  const [, id] = source.exec(address.pathname) ?? [];
  if (id === undefined || !links.isGood(address.pathname, address.searchParams))
    throw badRequest('source_blob.url must be an address that POST /sources gave, or file: and a folder');
  const sent = sentOf(blob);
  const { dir, remove } = await sources.unpack(id, sent.checksum);
  return { request: { ...said, source: dir, sent }, over: remove };
}

function urlIn(blob: unknown): URL {
  const url = stringAt(blob, 'url');
  if (url === undefined || !URL.canParse(url)) throw badRequest('source_blob.url must be an address');
  return new URL(url);
}

/** A share of another machine has its name in the address, which only Windows knows what to do with. */
function folderOf(address: URL): string {
  try {
    return fileURLToPath(address);
  } catch (error) {
    if (error instanceof TypeError) throw badRequest('source_blob.url must name a folder of this machine');
    throw error;
  }
}

function sentOf(blob: unknown): SourceFacts {
  const checksum = optionalText(blob, 'checksum');
  const version = optionalText(blob, 'version');
  const description = optionalText(blob, 'version_description');
  return {
    ...(checksum === undefined ? {} : { checksum }),
    ...(version === undefined ? {} : { version }),
    ...(description === undefined ? {} : { description }),
  };
}

/** What a deploy may be told besides: `environment`, `config`, `health`, `python`. Throws UserError `embedded/bad-request`. */
export function readExtras(
  body: unknown,
): Pick<DeployRequest, 'environment' | 'config' | 'health' | 'python'> {
  const extras = extrasOf(body);
  const config = stringMap(extras['config']);
  checkNames(config);
  const [health, python] = [optionalText(extras, 'health'), optionalText(extras, 'python')];
  if (health !== undefined && !/^\/[!-~]*$/.test(health))
    throw badRequest('health must be a path that starts with /');
  return {
    environment: optionalText(extras, 'environment') ?? 'local',
    config,
    ...(health === undefined ? {} : { health }),
    ...(python === undefined ? {} : { python }),
  };
}
