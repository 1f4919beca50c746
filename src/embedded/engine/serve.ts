import { randomBytes } from 'node:crypto';
import { apiVersion, writeEngineFile } from '../engine-file';
import type { Env } from '../home';
import { identify } from '../identity';
import { openApi } from '../api';
import { createLinks } from '../api/links';
import { serveApi } from '../api/server';
import { startEngine } from './engine';

export interface ServeOptions {
  readonly signal: AbortSignal;
  say(text: string): void;
}

/** Runs the platform of `home` until it is told to stop or the signal fires. Throws UserError `embedded/already-runs`. */
export async function serve(home: string, env: Env, { signal, say }: ServeOptions): Promise<void> {
  const engine = await startEngine(home, env, say);
  const stopping = new AbortController();
  const token = randomBytes(32).toString('base64url');
  const links = createLinks(() => new Date());
  const api = await openApi(engine, links, () => stopping.abort());
  const server = await serveApi({ routes: api.routes, links, token });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  await writeEngineFile(home, { ...(await identify(process.pid)), port, token, api: apiVersion });
  say(`ready, process ${process.pid}, home ${home}`);
  await new Promise<void>((resolve) => {
    for (const one of [signal, stopping.signal]) {
      if (one.aborted) resolve();
      else one.addEventListener('abort', () => resolve(), { once: true });
    }
  });
  say('stopping');
  await engine.stop();
  api.close();
  server.close();
  server.closeAllConnections();
  say('stopped');
}
