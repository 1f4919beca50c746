import { isObject, isString, stringAt } from '../../base/json';
import type { ConfigPatch } from '../engine/changes';
import type { Quantities } from '../engine/quantities';
import type { FormationSummary } from '../engine/summary';
import { badRequest, notFound } from '../errors';
import type { Call, Route } from './call';
import { get, json, list, patch } from './call';
import { idOf } from './ids';
import type { ApiParts } from './parts';
import { appOf, checkNames } from './parts';
import type { Shape } from './shapes';
import { formationShape } from './shapes';

const config = /^\/apps\/([^/]+)\/config-vars$/;
const formation = /^\/apps\/([^/]+)\/formation$/;
const oneType = /^\/apps\/([^/]+)\/formation\/([\w-]+)$/;

/** Variables and quantities. */
export function changeRoutes(parts: ApiParts): readonly Route[] {
  const entries = (call: Call): readonly Shape[] => {
    const app = appOf(parts, call);
    return app.formation().map((each) => formationShape(app.name, each));
  };
  const entryOf = (call: Call): FormationSummary => {
    const app = appOf(parts, call);
    const [, said = ''] = call.parameters;
    const found = app
      .formation()
      .find(({ type }) => type === said || idOf('formation', app.name, type) === said);
    if (!found) throw notFound(`process type ${said}`);
    return found;
  };
  return [
    get(config, (call) => json(appOf(parts, call).config(undefined))),
    patch(config, async (call) => {
      const app = appOf(parts, call);
      // In the body it would be a variable.
      const message = call.query.get('message') ?? undefined;
      return json(await app.changeConfig(readPatch(call), message));
    }),
    get(formation, (call) => list(entries(call), 'type')),
    patch(formation, async (call) => {
      await appOf(parts, call).scale(readUpdates(call.body));
      return json(entries(call));
    }),
    get(oneType, (call) => json(formationShape(appOf(parts, call).name, entryOf(call)))),
    patch(oneType, async (call) => {
      const { type } = entryOf(call);
      const body = isObject(call.body) ? call.body : {};
      await appOf(parts, call).scale(readUpdates({ updates: [{ ...body, type }] }));
      return json(formationShape(appOf(parts, call).name, entryOf(call)));
    }),
  ];
}

function readPatch({ body }: Call): ConfigPatch {
  if (!isObject(body)) throw badRequest('The body must be an object of variables');
  checkNames(body);
  const found = Object.entries(body);
  if (found.length === 0) throw badRequest('The body names no variable');
  const patch: Record<string, string | null> = {};
  for (const [name, value] of found) {
    if (value !== null && !isString(value)) throw badRequest(`${name} must be a text, or null`);
    if (name === 'PORT') throw badRequest('PORT is given by the platform');
    if (isString(value) && value.includes('\0')) throw badRequest(`${name} must not hold a zero byte`);
    patch[name] = value;
  }
  return patch;
}

/** Of an update without a quantity nothing changes, as at Heroku. */
function readUpdates(body: unknown): Quantities {
  const updates = isObject(body) ? body['updates'] : undefined;
  if (!Array.isArray(updates)) throw badRequest('updates must be a list');
  return Object.fromEntries(updates.flatMap(readUpdate));
}

function readUpdate(one: unknown): readonly (readonly [type: string, quantity: number])[] {
  // The second word is that of older clients.
  const type = stringAt(one, 'type') ?? stringAt(one, 'process');
  if (!isObject(one) || type === undefined) throw badRequest('each of updates must name a type');
  if (one['docker_image'] !== undefined)
    throw badRequest('This platform builds images itself: deploy the folder that holds the Dockerfile');
  const size = stringAt(one['dyno_size'], 'name') ?? stringAt(one, 'size') ?? 'local';
  if (size !== 'local') throw badRequest('A process of this machine has no size');
  const { quantity } = one;
  if (quantity === undefined) return [];
  if (typeof quantity !== 'number') throw badRequest('a quantity must be a number');
  return [[type, quantity]];
}
