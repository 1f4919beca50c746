import { randomBytes } from 'node:crypto';
import { isObject } from '../../base/json';
import { badRequest, nameTaken } from '../errors';
import type { Route } from './call';
import { get, json, list, patch, post, remove } from './call';
import type { ApiParts } from './parts';
import { appOf, checkName, optionalText } from './parts';
import { accountShape, appShape, domainShape } from './shapes';

const one = /^\/apps\/([^/]+)$/;
const domains = /^\/apps\/([^/]+)\/domains$/;

/** Apps, whose they are, and where they answer. */
export function appRoutes(parts: ApiParts): readonly Route[] {
  const { engine } = parts;
  return [
    get(/^\/account$/, () => json(accountShape())),
    // Nothing is counted here.
    get(/^\/account\/rate-limits$/, () => json({ remaining: 4500 })),
    get(/^\/apps$/, () => list(engine.apps().map(appShape), 'name')),
    post(/^\/apps$/, async ({ body }) => {
      const name = checkName(optionalText(body, 'name') ?? `app-${randomBytes(3).toString('hex')}`);
      if (engine.apps().some((app) => app.name === name)) throw nameTaken(name);
      return json(appShape(await engine.ensureApp(name)), 201);
    }),
    get(one, (call) => json(appShape(appOf(parts, call)))),
    patch(one, async (call) => {
      const app = appOf(parts, call);
      const { maintenance, ...others } = isObject(call.body) ? call.body : {};
      const [other] = Object.keys(others);
      if (other !== undefined) throw badRequest(`${other} of an app can't be changed here`);
      if (typeof maintenance !== 'boolean') throw badRequest('maintenance must be true or false');
      await app.setMaintenance(maintenance);
      return json(appShape(app));
    }),
    remove(one, async (call) => {
      const app = appOf(parts, call);
      const shape = appShape(app);
      await engine.removeApp(app.name);
      return json(shape);
    }),
    get(domains, (call) => {
      const app = appOf(parts, call);
      return list([domainShape(app.name, app.summary().url)], 'hostname');
    }),
    post(domains, (call) => {
      const { url } = appOf(parts, call).summary();
      throw badRequest(
        `This platform is for one machine and takes no domains: the service answers at ${url}`,
      );
    }),
  ];
}
