import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureOwnerOnly, readJson, writeOwnerOnly } from '../home';
import type { AppRecord, ReleaseRecord } from './records';
import { parseApp, parseRelease } from './records';

/** The folders of one service in the home. */
export interface AppPaths {
  readonly root: string;
  readonly slugs: string;
  readonly releases: string;
  readonly deploys: string;
  readonly logs: string;
}

export function pathsOf(home: string, app: string): AppPaths {
  const root = join(home, 'apps', app);
  const inside = (name: string): string => join(root, name);
  return {
    root,
    slugs: inside('slugs'),
    releases: inside('releases'),
    deploys: inside('deploys'),
    logs: inside('logs'),
  };
}

/** What is kept of one service: in memory, and on disk before anybody is told. */
export interface AppStore {
  readonly paths: AppPaths;
  readonly app: AppRecord;
  /** Newest first. */
  readonly releases: readonly ReleaseRecord[];
  saveApp(change: Partial<AppRecord>): Promise<void>;
  saveRelease(release: ReleaseRecord): Promise<void>;
  /** Whether the release's files are still there. */
  hasSlug(release: ReleaseRecord): boolean;
  /** Removes the trees that neither the running release nor the last ten good ones need. */
  prune(): Promise<void>;
}

const keptReleases = 10;

/** Reads what is kept of a service; `fresh` is written when there is nothing. */
export async function openStore(paths: AppPaths, fresh: AppRecord): Promise<AppStore> {
  for (const dir of Object.values(paths)) await ensureOwnerOnly(dir);
  const file = join(paths.root, 'app.json');
  let app = parseApp(await readJson(file)) ?? fresh;
  let releases = await readReleases(paths.releases);
  const saveApp = async (change: Partial<AppRecord>): Promise<void> => {
    const next = { ...app, ...change };
    await writeOwnerOnly(file, JSON.stringify(next, undefined, 2));
    app = next;
  };
  const hasSlug = (release: ReleaseRecord): boolean => existsSync(join(paths.slugs, release.slug));
  await saveApp({});
  return {
    paths,
    get app() {
      return app;
    },
    get releases() {
      return releases;
    },
    saveApp,
    async saveRelease(release) {
      await writeOwnerOnly(join(paths.releases, `${release.n}.json`), JSON.stringify(release, undefined, 2));
      releases = newestFirst([...releases.filter((one) => one.n !== release.n), release]);
    },
    hasSlug,
    async prune() {
      const good = releases.filter((one) => one.status === 'succeeded').slice(0, keptReleases);
      const needed = new Set(
        [...good, ...releases.filter((one) => one.n === app.current)].map((one) => one.slug),
      );
      for (const slug of await readdir(paths.slugs)) {
        if (!needed.has(slug)) await rm(join(paths.slugs, slug), { recursive: true, force: true });
      }
    },
  };
}

function newestFirst(releases: readonly ReleaseRecord[]): readonly ReleaseRecord[] {
  return releases.toSorted((a, b) => b.n - a.n);
}

async function readReleases(dir: string): Promise<readonly ReleaseRecord[]> {
  const names = (await readdir(dir)).filter((name) => name.endsWith('.json'));
  const found = await Promise.all(names.map(async (name) => parseRelease(await readJson(join(dir, name)))));
  return newestFirst(found.filter((one) => one !== undefined));
}

/** The services of a home, by name. */
export async function storedApps(home: string): Promise<readonly AppRecord[]> {
  const dir = join(home, 'apps');
  await ensureOwnerOnly(dir);
  const found = await Promise.all(
    (await readdir(dir)).map(async (name) => parseApp(await readJson(join(dir, name, 'app.json')))),
  );
  return found.filter((one) => one !== undefined).toSorted((a, b) => (a.name < b.name ? -1 : 1));
}
