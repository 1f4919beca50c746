import { createHash } from 'node:crypto';
import { chmod, chown, mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ensureOwnerOnly } from '../home';
import type { Env } from '../home';

/** Where the database server keeps its files and as whom it runs. */
export interface DatabasePlace {
  readonly dir: string;
  readonly npmDir: string;
  /** Another user of the system, when we are root: PostgreSQL refuses to run as root. */
  readonly user?: { readonly uid: number; readonly gid: number };
}

/**
 * In the home, for its owner alone; for root below /var/lib, because the user that runs PostgreSQL can't reach into root's own folders.
 * `SERVICEWRIGHT_DATABASE_DIR` puts it elsewhere.
 */
export async function placeDatabase(home: string, env: Env): Promise<DatabasePlace> {
  const said = env['SERVICEWRIGHT_DATABASE_DIR'];
  if (process.getuid?.() !== 0) {
    const dir = said ?? join(home, 'database');
    await ensureOwnerOnly(dir);
    return { dir, npmDir: join(home, 'npm') };
  }
  const user = await databaseUser();
  const id = createHash('sha256').update(home).digest('hex').slice(0, 16);
  const dir = said ?? join('/var/lib/servicewright', id);
  await mkdir(dirname(dir), { recursive: true, mode: 0o755 });
  await mkdir(dir, { recursive: true, mode: 0o700 });
  await chown(dir, user.uid, user.gid);
  await chmod(dir, 0o700);
  return { dir, npmDir: `${dir}-npm`, user };
}

/** The user `postgres` of a distribution's package, else `nobody` (passwd(5)). */
async function databaseUser(): Promise<{ readonly uid: number; readonly gid: number }> {
  const lines = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'));
  for (const name of ['postgres', 'nobody']) {
    const [, , uid, gid] = lines.find(([user]) => user === name) ?? [];
    if (uid !== undefined && gid !== undefined) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new Error('neither the user postgres nor the user nobody is in /etc/passwd');
}
