import { UserError } from '../../../base/errors';
import { Secret } from '../../../base/secret';
import { notRunning } from '../../errors';
import type { Target } from '../../provider';
import type { Reached } from '../heroku/client';

/** How to reach the engine of the embedded platform. */
export interface EngineAccess {
  /** Gives the address and the token of the running engine, starting it when there is none. */
  connect(signal: AbortSignal): Promise<{ readonly url: string; readonly token: string }>;
  /** The same, but undefined when no engine runs. */
  find(): Promise<{ readonly url: string; readonly token: string } | undefined>;
}

export const title = 'This machine';
const where = 'The embedded platform';

type Reach = (target: Pick<Target, 'environment'>, signal: AbortSignal) => Promise<Reached>;

/** For what changes something: the engine is started where there is none. */
export const acting =
  (access: EngineAccess): Reach =>
  async ({ environment }, signal) =>
    reached(environment.name, await access.connect(signal));

/** For questions, which start nothing. Throws UserError `deploy/not-running`. */
export const looking =
  (access: EngineAccess): Reach =>
  async ({ environment }) => {
    const found = await access.find();
    if (!found) throw notRunning();
    return reached(environment.name, found);
  };

function reached(
  environment: string,
  { url, token }: { readonly url: string; readonly token: string },
): Reached {
  return { place: { platform: 'embedded', origin: url, environment }, where, url, token: new Secret(token) };
}

/** What is asked of an engine that does not run is not there. */
export async function orNothing<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof UserError && error.code === 'deploy/not-running') return undefined;
    throw error;
  }
}
