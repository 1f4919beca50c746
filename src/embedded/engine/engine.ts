import { rm } from 'node:fs/promises';
import { noSuchApp } from '../errors';
import { removeEngineFile } from '../engine-file';
import type { Env } from '../home';
import { ensureOwnerOnly } from '../home';
import { endOrphans } from '../run/run-files';
import type { App } from './app';
import { openApp } from './app';
import type { EngineContext } from './context';
import { createContext } from './context';
import { takeLock } from '../lock';
import { pathsOf, storedApps } from './store';

/** The platform of one home: its services, kept running. */
export interface Engine {
  readonly context: EngineContext;
  apps(): readonly App[];
  /** Throws UserError `embedded/no-such-app`. */
  app(name: string): App;
  /** The service of that name, made if there is none. */
  ensureApp(name: string): Promise<App>;
  /** Ends all of a service and takes away what is kept of it, but for its database. Throws UserError `embedded/no-such-app`. */
  removeApp(name: string): Promise<void>;
  /** Calls back when anything of a service changes, until the function that it gives is called. */
  onChange(listener: (app: App) => void): () => void;
  /** Ends every process; the home is free for another engine then. */
  stop(): Promise<void>;
}

/** Locks the home, ends what a killed engine left, and boots the current release of every service. Throws UserError `embedded/already-runs`. */
export async function startEngine(home: string, env: Env, say: (text: string) => void): Promise<Engine> {
  await ensureOwnerOnly(home);
  const unlock = await takeLock(home);
  await removeEngineFile(home);
  const context = await createContext(home, env, say);
  const listeners = new Set<(app: App) => void>();
  const changed = (app: App): void => {
    for (const listener of listeners) listener(app);
  };
  const { opened, ensureApp, removeApp } = createApps(context, changed);
  const stored = await storedApps(home);
  for (const { name, port } of stored) context.setReservedPort(name, port);
  for (const { name } of stored) await ensureApp(name);
  return {
    context,
    apps: () => [...opened.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    app(name) {
      const app = opened.get(name);
      if (!app) throw noSuchApp(name);
      return app;
    },
    ensureApp,
    removeApp,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async stop() {
      await removeEngineFile(home);
      await Promise.all([...opened.values()].map((app) => app.close()));
      await context.stopDatabase();
      await endOrphans(home, 1000);
      await unlock();
    },
  };
}

interface Apps extends Pick<Engine, 'ensureApp' | 'removeApp'> {
  readonly opened: ReadonlyMap<string, App>;
}

function createApps(context: EngineContext, changed: (app: App) => void): Apps {
  const apps = new Map<string, Promise<App>>();
  const opened = new Map<string, App>();
  /** What is being taken away: an app of that name is made after it. */
  const leaving = new Map<string, Promise<void>>();
  return {
    opened,
    ensureApp(name) {
      const known = apps.get(name);
      if (known) return known;
      const opening = (async () => {
        await leaving.get(name);
        const app = await openApp(context, name, changed);
        opened.set(name, app);
        return app;
      })();
      apps.set(name, opening);
      opening.catch(() => apps.delete(name));
      return opening;
    },
    async removeApp(name) {
      const app = opened.get(name);
      if (!app) throw noSuchApp(name);
      opened.delete(name);
      apps.delete(name);
      const going = takeAway(context, app);
      leaving.set(
        name,
        going.catch(() => undefined).finally(() => leaving.delete(name)),
      );
      await going;
      changed(app);
    },
  };
}

async function takeAway(context: EngineContext, app: App): Promise<void> {
  await app.close();
  await rm(pathsOf(context.home, app.name).root, { recursive: true, force: true });
  context.setReservedPort(app.name, 0);
}
