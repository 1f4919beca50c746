import { databaseName } from '../database/databases';
import { isObject, stringAt } from '../../base/json';
import type { App } from '../engine/app';
import type { Engine } from '../engine/engine';
import { badRequest, noSuchApp } from '../errors';
import type { Call } from './call';
import { idOf, isId } from './ids';
import type { Links } from './links';
import type { Meetings } from './meetings';
import type { Streams } from './shapes';
import type { Sources } from './sources';

/** What the routes share. */
export interface ApiParts {
  readonly engine: Engine;
  readonly links: Links;
  readonly sources: Sources;
  readonly meetings: Meetings;
}

/** A name of PostgreSQL has at most 63 bytes, and the database of a service is called after it. */
const longestName = 63 - databaseName('').length;

/** Throws UserError `embedded/bad-request` where a service can't have that name. */
export function checkName(name: string): string {
  if (!/^[a-z][a-z0-9-]*$/.test(name) || name.length > longestName)
    throw badRequest(`${JSON.stringify(name)} is no name of a service`);
  return name;
}

/** The app that the path names first, by its name or its id. Throws UserError `embedded/bad-request`, `embedded/no-such-app`. */
export function appOf({ engine }: ApiParts, { parameters: [name = ''] }: Call): App {
  if (!isId(name)) return engine.app(checkName(name));
  const found = engine.apps().find((one) => idOf('app', one.name) === name);
  if (!found) throw noSuchApp(name);
  return found;
}

/** Throws UserError `embedded/bad-request` where a key can't be a variable. */
export function checkNames(config: object): void {
  const wrong = Object.keys(config).find((name) => !/^[A-Za-z_][A-Za-z0-9_]*$/.test(name));
  if (wrong !== undefined) throw badRequest(`${JSON.stringify(wrong)} is no name for a variable`);
}

/** Where the deploy's words are read: those up to its release are the build's. */
export function streamsOf(
  { links }: ApiParts,
  { origin }: Pick<Call, 'origin'>,
  app: string,
  said: { readonly deploy: string; readonly part: 'build' | 'release' },
): Streams {
  const path = `/streams/${app}/${said.deploy}`;
  return {
    output: links.make(origin, `${path}/${said.part}`),
    events: links.make(origin, `${path}/events`),
  };
}

/** What only this platform is told: the key `servicewright` of a body. */
export function extrasOf(body: unknown): Readonly<Record<string, unknown>> {
  const found = isObject(body) ? body['servicewright'] : undefined;
  if (found !== undefined && !isObject(found)) throw badRequest('servicewright must be an object');
  return found ?? {};
}

/** A text that may be absent, or null. Throws UserError `embedded/bad-request`. */
export function optionalText(body: unknown, key: string): string | undefined {
  const found = isObject(body) ? body[key] : undefined;
  if (found === undefined || found === null) return undefined;
  const said = stringAt(body, key);
  if (said === undefined) throw badRequest(`${key} must be a text`);
  return said;
}
