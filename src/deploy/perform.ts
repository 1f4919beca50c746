import { UserError, isAbort } from '../base/errors';
import type { World } from '../base/ports';
import type { Accounts } from './account';
import { buildAndPush, inTurn } from './docker';
import type { DeployEvent } from './event';
import type { TreeFacts } from './git';
import { readTree } from './git';
import type { Prepared } from './prepare';
import type { Provider, Target } from './provider';
import type { DeployHead, Recording, Records } from './records';
import type { DeployResult, Progress } from './run';
import { runDeploy } from './run';

/** What carrying out a deploy takes. */
export interface Performing {
  readonly provider: Provider;
  readonly target: Target;
  readonly world: Pick<World, 'processes' | 'files' | 'now'>;
  readonly records: Records;
  readonly accounts: Accounts;
  /** This process. */
  readonly pid: number;
  readonly signal: AbortSignal;
  /** What the host shows. */
  readonly progress: Progress;
}

/** Deploys what was prepared, and records it. Throws what `runDeploy` throws; the record then says so too. */
export async function performDeploy(on: Performing, prepared: Prepared): Promise<DeployResult> {
  const { provider, target, signal } = on;
  const { request, plan } = prepared;
  const deploy = (): AsyncIterable<DeployEvent> => provider.deploy(target, request, signal);
  const { image } = request;
  const events =
    prepared.build && image !== undefined
      ? inTurn(buildAndPush(target.dir, image, on.world, signal), deploy)
      : deploy();
  return follow(on, events, {
    kind: 'deploy',
    ...(await whoAndWhat(on, prepared.facts)),
    ...(image === undefined ? {} : { image }),
    ...(request.message === undefined ? {} : { message: request.message }),
    ...(plan.newest === undefined ? {} : { before: plan.newest }),
  });
}

/** Rolls back, and records it. */
export async function performRollback(
  on: Performing,
  to: { readonly version: number; readonly message?: string; readonly before?: number },
): Promise<DeployResult> {
  const events = on.provider.rollback(on.target, to.version, on.signal, to.message);
  const message = to.message ?? `Roll back to v${to.version}`;
  // Where the account has no name, the name that git signs with stands for it.
  const { user } = await readTree(on.target.dir, on.world.processes, on.signal);
  const who = await whoAndWhat(on, { dirty: [], isPushed: false, ...(user === undefined ? {} : { user }) });
  return follow(on, events, {
    kind: 'rollback',
    ...who,
    message,
    ...(to.before === undefined ? {} : { before: to.before }),
  });
}

type Facts = Pick<DeployHead, 'dirty'> & Partial<Pick<DeployHead, 'who' | 'commit'>>;

async function whoAndWhat(on: Performing, facts: TreeFacts): Promise<Facts> {
  const who = (await accountName(on)) ?? facts.user;
  return {
    dirty: facts.dirty.length > 0,
    ...(who === undefined ? {} : { who }),
    ...(facts.commit === undefined ? {} : { commit: facts.commit }),
  };
}

async function accountName({ provider, target, accounts, signal }: Performing): Promise<string | undefined> {
  const { account } = provider;
  if (!account || target.environment.url === undefined) return undefined;
  const token = await accounts.find(account.place(target), signal);
  const name = token && account.describe(token).name;
  return name === '' ? undefined : name;
}

type HeadRest = Omit<DeployHead, 'platform' | 'environment' | 'app' | 'dir' | 'pid'>;

async function follow(
  on: Performing,
  events: AsyncIterable<DeployEvent>,
  rest: HeadRest,
): Promise<DeployResult> {
  const { provider, target, records, pid } = on;
  const { app, dir, environment } = target;
  const recording = await records.begin({
    platform: provider.id,
    environment: environment.name,
    app,
    dir,
    pid,
    ...rest,
  });
  const began = on.world.now().getTime();
  try {
    const ask = { provider, target, clock: on.world, signal: on.signal };
    const result = await runDeploy(recorded(events, recording), ask, on.progress);
    await recording.end(result);
    return result;
  } catch (error) {
    await recording.end(endOf(error, (on.world.now().getTime() - began) / 1000));
    throw error;
  }
}

async function* recorded(
  events: AsyncIterable<DeployEvent>,
  recording: Recording,
): AsyncIterable<DeployEvent> {
  for await (const event of events) {
    recording.event(event);
    yield event;
  }
}

/** What is thrown came before anything was changed. */
function endOf(error: unknown, seconds: number): DeployResult {
  const left = {
    code: 'deploy/cancelled',
    message: 'It was cancelled before anything was changed.',
    lines: [],
  };
  if (isAbort(error)) return { outcome: 'failed', stages: [], seconds, error: left };
  const { code, message } =
    error instanceof UserError
      ? error
      : { code: 'deploy/failed', message: 'It ran into a bug of Servicewright.' };
  return { outcome: 'failed', stages: [], seconds, error: { code, message, lines: [] } };
}
