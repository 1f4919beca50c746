import { isObject, isString, stringAt } from '../../base/json';
import { badRequest } from '../errors';
import type { Call, Route } from './api';
import type { App } from './app';
import type { ConfigPatch } from './changes';
import type { Engine } from './engine';
import type { OneOffRequest } from './one-off';
import type { Quantities } from './quantities';
import { checkNames, json, nameOf, ndjson } from './route-parts';

/** Variables, quantities, restarts and commands that are run once; paths and bodies as in Heroku's Platform API v3. */
export function changeRoutes(engine: Engine): readonly Route[] {
  const ofApp = (call: Call): App => engine.app(nameOf(call));
  const config = /^\/apps\/([^/]+)\/config-vars$/;
  const formation = /^\/apps\/([^/]+)\/formation$/;
  const dynos = /^\/apps\/([^/]+)\/dynos$/;
  return [
    { method: 'GET', path: config, answer: (call) => json(ofApp(call).config(undefined)) },
    {
      method: 'GET',
      path: /^\/apps\/([^/]+)\/releases\/(\d+)\/config-vars$/,
      answer: (call) => json(ofApp(call).config(Number(call.parameters[1]))),
    },
    {
      method: 'PATCH',
      path: config,
      async answer(call) {
        const { patch, message } = readPatch(call);
        const app = await engine.ensureApp(nameOf(call));
        return json(await app.changeConfig(patch, message));
      },
    },
    { method: 'GET', path: formation, answer: (call) => json(ofApp(call).formation()) },
    {
      method: 'PATCH',
      path: formation,
      answer: async (call) => json(await ofApp(call).scale(readUpdates(call.body))),
    },
    {
      method: 'POST',
      path: dynos,
      answer: (call) => ndjson(ofApp(call).prepareRun(readCommand(call.body)).start(call.signal)),
    },
    {
      method: 'DELETE',
      path: /^\/apps\/([^/]+)\/dynos(?:\/([\w.-]+))?$/,
      async answer(call) {
        const [, dyno = ''] = call.parameters;
        await ofApp(call).restart(dyno === '' ? undefined : dyno);
        return json({}, 202);
      },
    },
  ];
}

/** What the release says of itself stands in the query: in the body it would be a variable. */
function readPatch({ body, query }: Call): {
  readonly patch: ConfigPatch;
  readonly message: string | undefined;
} {
  if (!isObject(body)) throw badRequest('The body must be an object of variables');
  checkNames(body);
  const entries = Object.entries(body);
  if (entries.length === 0) throw badRequest('The body names no variable');
  const patch: Record<string, string | null> = {};
  for (const [name, value] of entries) {
    if (value !== null && !isString(value)) throw badRequest(`${name} must be a text, or null`);
    if (name === 'PORT') throw badRequest('PORT is given by the platform');
    if (isString(value) && value.includes('\0')) throw badRequest(`${name} must not hold a zero byte`);
    patch[name] = value;
  }
  return { patch, message: query.get('message') ?? undefined };
}

function readUpdates(body: unknown): Quantities {
  const updates = isObject(body) ? body['updates'] : undefined;
  if (!Array.isArray(updates)) throw badRequest('updates must be a list');
  return Object.fromEntries(
    updates.map((one: unknown) => {
      const type = stringAt(one, 'type');
      const quantity = isObject(one) ? one['quantity'] : undefined;
      if (type === undefined || typeof quantity !== 'number')
        throw badRequest('each of updates must have a type and a quantity');
      return [type, quantity];
    }),
  );
}

function readCommand(body: unknown): OneOffRequest {
  const command = stringAt(body, 'command');
  if (command === undefined || command.trim() === '') throw badRequest('There is no command to run');
  const input = stringAt(body, 'input');
  return { command, ...(input === undefined ? {} : { input }) };
}
