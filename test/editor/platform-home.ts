import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A place for an embedded platform of its own, so that a test never meets the user's. */
export type PlatformHome = {
  /** For the editor and for `out/cli.js`: both then speak to the same platform. */
  readonly env: Readonly<Record<string, string>>;
  remove(): Promise<void>;
};

export async function createPlatformHome(): Promise<PlatformHome> {
  const home = await mkdtemp(join(tmpdir(), 'servicewright-platform-'));
  // Apart from the home: as root the database runs as a user who cannot look into root's folders.
  const database = await mkdtemp(join(tmpdir(), 'servicewright-database-'));
  return {
    env: { SERVICEWRIGHT_HOME: home, SERVICEWRIGHT_DATABASE_DIR: database },
    remove: async () => {
      for (const folder of [home, database, `${database}-npm`]) {
        await rm(folder, { recursive: true, force: true, maxRetries: 3 });
      }
    },
  };
}
