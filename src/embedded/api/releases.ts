import { isObject } from '../../base/json';
import type { App } from '../engine/app';
import type { DeployLog } from '../engine/deploy-log';
import type { ReleaseSummary } from '../engine/summary';
import { badRequest, notFound, releaseNotMade } from '../errors';
import { readExtras } from './builds';
import type { Answer, Call, Route } from './call';
import { get, json, pages, post } from './call';
import { idOf } from './ids';
import type { ApiParts } from './parts';
import { appOf, optionalText, streamsOf } from './parts';
import type { Shape } from './shapes';
import { releaseShape } from './shapes';

const all = /^\/apps\/([^/]+)\/releases$/;
const one = /^\/apps\/([^/]+)\/releases\/([\w-]+)$/;
const config = /^\/apps\/([^/]+)\/releases\/([\w-]+)\/config-vars$/;

/** Releases: what ran and runs, roll backs, and files of another app. */
export function releaseRoutes(parts: ApiParts): readonly Route[] {
  const shapeOf = (call: Call, app: App, release: ReleaseSummary): Shape =>
    releaseShape(
      app.name,
      release,
      streamsOf(parts, call, app.name, { deploy: release.deploy, part: 'release' }),
    );
  const named = (call: Call): { readonly app: App; readonly release: ReleaseSummary } => {
    const app = appOf(parts, call);
    return { app, release: releaseIn(app, call.parameters[1] ?? '') };
  };
  return [
    get(all, (call) => {
      const app = appOf(parts, call);
      const entries = app.releases().map((release) => ({
        keys: { id: idOf('release', app.name, release.release), version: release.release },
        shape: () => shapeOf(call, app, release),
      }));
      return pages(entries, 'version');
    }),
    get(one, (call) => {
      const { app, release } = named(call);
      return json(shapeOf(call, app, release));
    }),
    get(config, (call) => {
      const { app, release } = named(call);
      return json(app.config(release.release));
    }),
    post(all, async (call): Promise<Answer> => {
      const app = appOf(parts, call);
      const record = begin(parts, app, call.body);
      const made = await record.released;
      const release = app.releases().find((each) => each.release === made);
      if (!release) throw releaseNotMade(record.failure);
      return json(shapeOf(call, app, release), 201);
    }),
  ];
}

/** By its version, with or without the v, or by its id. Throws UserError `embedded/not-found`. */
function releaseIn(app: App, said: string): ReleaseSummary {
  const version = Number(said.replace(/^v(?=\d+$)/, ''));
  const found = app
    .releases()
    .find((each) => each.release === version || idOf('release', app.name, each.release) === said);
  if (!found) throw notFound(`release ${said} of ${app.name}`);
  return found;
}

/** `release` names one of this app to go back to; `slug` the files of a release of any app, as a release of this one. */
function begin({ engine }: ApiParts, app: App, body: unknown): DeployLog {
  const release = isObject(body) ? body['release'] : undefined;
  if (typeof release === 'number') return app.rollback(release);
  if (typeof release === 'string') return app.rollback(releaseIn(app, release).release);
  const slug = optionalText(body, 'slug');
  if (slug === undefined) throw badRequest('release or slug must say what to release');
  for (const other of engine.apps()) {
    const found = other.releases().find((each) => each.slug === slug && each.status !== 'pending');
    if (!found) continue;
    const { release: origin, dir } = other.filesOf(found.release);
    const message = optionalText(body, 'description');
    return app.deploy({
      ...readExtras(body),
      source: dir,
      origin,
      ...(message === undefined ? {} : { message }),
    });
  }
  throw notFound(`slug ${slug}`);
}
