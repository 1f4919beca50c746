import type { Engine } from '../engine/engine';
import { appRoutes } from './apps';
import { buildRoutes } from './builds';
import type { Route } from './call';
import { changeRoutes } from './changes';
import { dynoRoutes } from './dynos';
import type { Links } from './links';
import { logRoutes } from './logs';
import { openMeetings } from './meetings';
import { ownRoutes } from './own';
import type { ApiParts } from './parts';
import { releaseRoutes } from './releases';
import { openSources } from './sources';
import { streamRoutes } from './streams';

/** The whole API of one engine. */
export interface Api {
  readonly routes: readonly Route[];
  close(): void;
}

/** `stop` is called when a client asks the platform to end. */
export async function openApi(engine: Engine, links: Links, stop: () => void): Promise<Api> {
  const meetings = await openMeetings();
  const parts: ApiParts = { engine, links, meetings, sources: await openSources(engine.context.home) };
  return {
    routes: [
      ...appRoutes(parts),
      ...buildRoutes(parts),
      ...releaseRoutes(parts),
      ...changeRoutes(parts),
      ...dynoRoutes(parts),
      ...logRoutes(parts),
      ...streamRoutes(parts),
      ...ownRoutes(parts, stop),
    ],
    close: () => meetings.close(),
  };
}
