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
import { storedApps } from './store';

/** The platform of one home: its services, kept running. */
export interface Engine {
  readonly context: EngineContext;
  apps(): readonly App[];
  /** Throws UserError `embedded/no-such-app`. */
  app(name: string): App;
  /** The service of that name, made if there is none. */
  ensureApp(name: string): Promise<App>;
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
  const apps = new Map<string, Promise<App>>();
  const opened = new Map<string, App>();
  const ensureApp = (name: string): Promise<App> => {
    const known = apps.get(name);
    if (known) return known;
    const opening = openApp(context, name, changed).then((app) => {
      opened.set(name, app);
      return app;
    });
    apps.set(name, opening);
    opening.catch(() => apps.delete(name));
    return opening;
  };
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
