import { join } from 'node:path';
import { UserError, isAbort, messageOf, systemCode } from '../../base/errors';
import { deployCancelled } from '../errors';
import { commitOf } from '../release/git';
import type { Failure } from './deploy-log';
import type { DeployRequest, Deploying } from './deploying';
import { toFailure } from './deploying';
import { bootWeb, createFormation, environmentOf } from './formation';
import { build, settle, snapshot } from './prepare';
import type { ReleaseRecord } from './records';
import { runRelease } from './release-command';
import type { Stages } from './stages';
import { createStages } from './stages';

/** Runs all stages of a deploy. Never throws: how it ended is the last event of its record. */
export function runDeploy(deploying: Deploying, request: DeployRequest): Promise<void> {
  return conclude(deploying, request.environment, async (stages) => {
    const { slug, processes, vars } = await stages.run('snapshot', (say) =>
      snapshot(deploying, request, say),
    );
    const config = await settle(deploying, vars, request.config);
    const wantsDatabase = slug.wantsDatabase !== undefined && config['DATABASE_URL'] === undefined;
    const { context } = deploying.parts;
    // Started beside the build: on a first deploy both take seconds.
    if (wantsDatabase) context.database(() => undefined).catch(() => undefined);
    const built = await stages.run('build', (say) => build(deploying, slug, request.python, say));
    const commit = await commitOf(request.source);
    const release: ReleaseRecord = {
      ...fresh(deploying),
      slug: slug.id,
      ...(commit ? { commit: commit.id, dirty: commit.dirty } : {}),
      ...(request.message === undefined ? {} : { message: request.message }),
      environment: request.environment,
      config,
      processes,
      ...(request.health === undefined ? {} : { health: request.health }),
      wantsDatabase,
      ...built,
    };
    return { release, runsReleaseCommand: true };
  });
}

/** Makes an earlier release the running one, as a new release with its files and configuration. Never throws. */
export function runRollback(deploying: Deploying, to: ReleaseRecord): Promise<void> {
  return conclude(deploying, to.environment, async (stages) => {
    const { store } = deploying.parts;
    stages.skip('snapshot', `The files of v${to.n} are kept`);
    const slug = { id: to.slug, dir: join(store.paths.slugs, to.slug) };
    const built = await stages.run('build', (say) => build(deploying, slug, undefined, say));
    const release: ReleaseRecord = { ...to, ...fresh(deploying), ...built, rollbackTo: to.n };
    return { release, runsReleaseCommand: false };
  });
}

interface Prepared {
  readonly release: ReleaseRecord;
  readonly runsReleaseCommand: boolean;
}

async function conclude(
  deploying: Deploying,
  environment: string,
  prepare: (stages: Stages) => Promise<Prepared>,
): Promise<void> {
  const { record, parts } = deploying;
  const started = Date.now();
  const seconds = (): number => (Date.now() - started) / 1000;
  const stages = createStages(record, deploying.signal);
  record.emit({ type: 'started', deploy: record.id, app: parts.store.app.name, environment });
  let release: ReleaseRecord | undefined;
  try {
    const prepared = await prepare(stages);
    release = prepared.release;
    await parts.store.saveRelease(release);
    record.emit({ type: 'release', release: release.n });
    await bringUp(deploying, prepared, { stages, seconds });
    const url = `http://127.0.0.1:${parts.router.port}`;
    record.emit({ type: 'finished', outcome: 'live', release: release.n, url, seconds: seconds() });
  } catch (error) {
    stages.fail();
    await abandon(deploying, release, seconds());
    const failure = describe(error, deploying.signal);
    const number = release ? { release: release.n } : {};
    record.emit({ type: 'finished', outcome: 'failed', ...number, seconds: seconds(), error: failure });
  }
}

async function abandon(
  { parts }: Deploying,
  release: ReleaseRecord | undefined,
  seconds: number,
): Promise<void> {
  if (!release || parts.store.app.current === release.n) return;
  parts.log.write('platform', 'api', `Release v${release.n} failed`);
  await parts.store.saveRelease({ ...release, status: 'failed', seconds });
}

function describe(error: unknown, signal: AbortSignal): Failure {
  if (isAbort(error) || signal.aborted) return toFailure(deployCancelled());
  if (error instanceof UserError) return toFailure(error);
  const code = systemCode(error);
  const message = `The deploy failed: ${messageOf(error).replace(/\.$/, '')}.`;
  return {
    code: code === undefined ? 'embedded/unexpected' : `embedded/${code.toLowerCase()}`,
    message,
    lines: [],
  };
}

interface Progress {
  readonly stages: Stages;
  seconds(): number;
}

async function bringUp(
  deploying: Deploying,
  prepared: Prepared,
  { stages, seconds }: Progress,
): Promise<void> {
  const { parts, running } = deploying;
  const { release } = prepared;
  const env = release.wantsDatabase
    ? await stages.run('database', (say) => environmentOf(parts, release, say))
    : await environmentOf(parts, release, () => undefined);
  if (!release.wantsDatabase)
    stages.skip('database', 'No file mentions DATABASE_URL: the service gets no database');
  await releasePhase(deploying, prepared, env, stages);
  const booted = await stages.run('boot', (say, enter) =>
    bootWeb(parts, release, { env, signal: deploying.signal, say, onBound: () => enter('health') }),
  );
  await stages.run('switch', async (say) => {
    deploying.signal.throwIfAborted();
    await parts.store.saveRelease({ ...release, status: 'succeeded', seconds: seconds() });
    await parts.store.saveApp({ current: release.n, stopped: false });
    parts.router.setTarget(booted.target);
    await deploying.onSwitched(createFormation(parts, release, booted));
    parts.log.write('platform', 'api', `Release v${release.n} is live`);
    say(`http://127.0.0.1:${parts.router.port} is served by v${release.n}`);
  });
  if (!running) stages.skip('drain', 'Nothing ran before');
  else
    await stages.run('drain', async (say) => {
      if (!(await running.drain())) say('Some requests were cut off: they took longer than the drain may');
    });
  await parts.store.prune();
}

async function releasePhase(
  deploying: Deploying,
  { release, runsReleaseCommand }: Prepared,
  env: Readonly<Record<string, string>>,
  stages: Stages,
): Promise<void> {
  const command = release.processes['release'];
  if (command === undefined) stages.skip('release', 'The Procfile has no release command');
  else if (!runsReleaseCommand)
    stages.skip('release', 'A rollback does not run the release command: the database stays as it is');
  else await stages.run('release', (say) => runRelease(deploying, { command, release, env, say }));
}

type Fresh = Pick<ReleaseRecord, 'n' | 'at' | 'deploy' | 'status' | 'seconds'>;

function fresh({ parts, record }: Deploying): Fresh {
  return {
    n: (parts.store.releases[0]?.n ?? 0) + 1,
    at: parts.context.now().toISOString(),
    deploy: record.id,
    status: 'pending',
    seconds: 0,
  };
}
