import { join } from 'node:path';
import { UserError, isAbort, messageOf, systemCode } from '../../base/errors';
import { deployCancelled, diskFull, unexpected } from '../errors';
import { commitOf } from '../release/git';
import type { Failure } from './deploy-log';
import type { DeployRequest, Deploying } from './deploying';
import type { DeployKind, SourceFacts } from './facts';
import { toFailure } from './deploying';
import type { Booted } from './boot';
import { bootAll, environmentOf } from './boot';
import { createFormation } from './formation';
import { build, snapshot } from './prepare';
import { quantitiesOf } from './quantities';
import type { ReleaseRecord } from './records';
import { runRelease } from './release-command';
import type { Stages } from './stages';
import { createStages } from './stages';

/** Runs all stages of a deploy. Never throws: how it ended is the last event of its record. */
export function runDeploy(deploying: Deploying, request: DeployRequest): Promise<void> {
  const begin: Begin = {
    environment: request.environment,
    kind: request.origin ? 'release' : 'build',
    source: request.sent ?? (request.message === undefined ? {} : { description: request.message }),
  };
  return conclude(deploying, begin, async (stages) => {
    const { slug, processes, given } = await stages.run('snapshot', (say) =>
      snapshot(deploying, request, say),
    );
    const { context, store } = deploying.parts;
    const asksForDatabase = slug.wantsDatabase !== undefined;
    const settings = withSet(given, store.app.config, asksForDatabase);
    // Started beside the build: on a first deploy both take seconds.
    if (settings.wantsDatabase) context.database(() => undefined).catch(() => undefined);
    const built = await stages.run('build', (say) => build(deploying, slug, request.python, say));
    const release: ReleaseRecord = {
      ...fresh(deploying),
      slug: slug.id,
      ...(await madeFrom(request)),
      ...(request.message === undefined ? {} : { message: request.message }),
      environment: request.environment,
      processes,
      quantities: quantitiesOf(processes, store.app.formation),
      ...(request.health === undefined ? {} : { health: request.health }),
      ...settings,
      asksForDatabase,
      ...built,
    };
    return { release: { ...release, given }, runsReleaseCommand: true };
  });
}

type Settings = Pick<ReleaseRecord, 'config' | 'set' | 'wantsDatabase'>;

/** What was set stands above what is given; a database of ours is only for who asks for one and names no other. */
function withSet(
  given: Readonly<Record<string, string>>,
  set: Readonly<Record<string, string>>,
  asksForDatabase: boolean,
): Settings {
  const config = { ...given, ...set };
  return { config, set, wantsDatabase: asksForDatabase && config['DATABASE_URL'] === undefined };
}

async function madeFrom({
  origin,
  source,
  sent,
}: DeployRequest): Promise<Pick<ReleaseRecord, 'commit' | 'dirty'>> {
  if (sent) return commitIn(sent.version ?? '');
  const commit = origin ? undefined : await commitOf(source);
  if (commit) return { commit: commit.id, dirty: commit.dirty };
  return {
    ...(origin?.commit === undefined ? {} : { commit: origin.commit }),
    ...(origin?.dirty === undefined ? {} : { dirty: origin.dirty }),
  };
}

/** Whoever packs a source says its commit, with `-dirty` where files differ from it. */
function commitIn(version: string): Pick<ReleaseRecord, 'commit' | 'dirty'> {
  const [, commit, dirty] = /^([0-9a-f]{7,40})(-dirty)?$/.exec(version) ?? [];
  return commit === undefined ? {} : { commit: commit.slice(0, 12), dirty: dirty !== undefined };
}

/** Makes an earlier release the running one, as a new release with its files and configuration. Never throws. */
export function runRollback(deploying: Deploying, to: ReleaseRecord): Promise<void> {
  return again(deploying, to, `The files of v${to.n} are kept`, { rollbackTo: to.n });
}

/** Makes a release of the running one with other variables set. Never throws. */
export function runConfigChange(
  deploying: Deploying,
  current: ReleaseRecord,
  { set, message }: { readonly set: Readonly<Record<string, string>>; readonly message: string },
): Promise<void> {
  const settings = withSet(givenOf(current), set, current.asksForDatabase);
  return again(deploying, current, 'The files stay: only variables change', {
    ...settings,
    message,
    change: 'config',
  });
}

/** The variables of a release that nobody set on the platform, or that stood below those. */
export function givenOf({ config, set, given }: ReleaseRecord): Readonly<Record<string, string>> {
  return given ?? Object.fromEntries(Object.entries(config).filter(([name]) => set[name] === undefined));
}

/** A release of what an earlier one had, but for `other`. */
// oxlint-disable-next-line max-params
function again(
  deploying: Deploying,
  from: ReleaseRecord,
  why: string,
  other: Partial<ReleaseRecord>,
): Promise<void> {
  const begin: Begin = { environment: from.environment, kind: 'release', source: {} };
  return conclude(deploying, begin, async (stages, announce) => {
    const { store } = deploying.parts;
    const { rollbackTo: _before, change: _change, message: _message, ...rest } = from;
    const quantities = quantitiesOf(from.processes, store.app.formation);
    const release: ReleaseRecord = { ...rest, ...fresh(deploying), quantities, ...other };
    // It is certain what it will be before anything is built: whoever asked for it is told its number at once.
    await announce(release);
    stages.skip('snapshot', why);
    const slug = { id: from.slug, dir: join(store.paths.slugs, from.slug) };
    const built = await stages.run('build', (say) => build(deploying, slug, undefined, say));
    return { release: { ...release, ...built }, runsReleaseCommand: false };
  });
}

interface Prepared {
  readonly release: ReleaseRecord;
  readonly runsReleaseCommand: boolean;
}

interface Begin {
  readonly environment: string;
  readonly kind: DeployKind;
  readonly source: SourceFacts;
}

/** Writes a release down and tells its number, the first time; what is written later stands in its place. */
type Announce = (release: ReleaseRecord) => Promise<void>;

async function conclude(
  deploying: Deploying,
  begin: Begin,
  prepare: (stages: Stages, announce: Announce) => Promise<Prepared>,
): Promise<void> {
  const { record, parts } = deploying;
  const started = Date.now();
  const progress: Progress = {
    stages: createStages(record, deploying.signal),
    seconds: () => (Date.now() - started) / 1000,
  };
  const { stages, seconds } = progress;
  record.emit({ type: 'started', deploy: record.id, app: parts.store.app.name, ...begin });
  let release: ReleaseRecord | undefined;
  const announce: Announce = async (made) => {
    const isFirst = release === undefined;
    release = made;
    await parts.store.saveRelease(made);
    if (isFirst) record.emit({ type: 'release', release: made.n });
  };
  try {
    const prepared = await prepare(stages, announce);
    await announce(prepared.release);
    await bringUp(deploying, prepared, progress);
    await drainOld(deploying, stages);
    const url = `http://127.0.0.1:${parts.router.port}`;
    record.emit({
      type: 'finished',
      outcome: 'live',
      release: prepared.release.n,
      url,
      seconds: seconds(),
    });
  } catch (error) {
    stages.fail();
    if (release) await markFailed(deploying, { ...release, status: 'failed', seconds: seconds() });
    const failure = describe(error, deploying);
    const number = release ? { release: release.n } : {};
    record.emit({ type: 'finished', outcome: 'failed', ...number, seconds: seconds(), error: failure });
  }
}

async function markFailed({ parts }: Deploying, release: ReleaseRecord): Promise<void> {
  parts.log.write('platform', 'api', `Release v${release.n} failed`);
  try {
    await parts.store.saveRelease(release);
  } catch (error) {
    // A full disk: it stays pending in the file, and the next start of the platform calls it failed.
    parts.context.say(`release v${release.n} could not be recorded: ${messageOf(error)}`);
  }
}

function describe(error: unknown, { signal, parts }: Deploying): Failure {
  if (isAbort(error) || signal.aborted) return toFailure(deployCancelled());
  if (error instanceof UserError) return toFailure(error);
  if (systemCode(error) === 'ENOSPC') return toFailure(diskFull(parts.context.home));
  return toFailure(unexpected(error));
}

interface Progress {
  readonly stages: Stages;
  seconds(): number;
}

/** All up to the switch. When it throws, what served before serves on, and nothing of the new release is left running. */
async function bringUp(deploying: Deploying, prepared: Prepared, progress: Progress): Promise<void> {
  const { parts, signal } = deploying;
  const { release } = prepared;
  const { stages } = progress;
  if (!release.wantsDatabase)
    stages.skip('database', 'No file mentions DATABASE_URL: the service gets no database');
  const env = release.wantsDatabase
    ? await stages.run('database', (say) => environmentOf(parts, release, say))
    : await environmentOf(parts, release, () => undefined);
  await releasePhase(deploying, prepared, env, stages);
  const booted = await stages.run('boot', (say, enter) =>
    bootAll(parts, release, { env, signal, say, onBound: () => enter('health') }),
  );
  try {
    await stages.run('switch', (say) =>
      switchTo(deploying, { release, booted, seconds: progress.seconds, say }),
    );
  } catch (error) {
    await Promise.all(booted.map(({ instance }) => instance.child.end(parts.context.timing.grace)));
    throw error;
  }
}

interface Switch {
  readonly release: ReleaseRecord;
  readonly booted: readonly Booted[];
  seconds(): number;
  say(text: string): void;
}

async function switchTo(deploying: Deploying, { release, booted, seconds, say }: Switch): Promise<void> {
  const { parts, signal } = deploying;
  await parts.store.saveRelease({ ...release, status: 'succeeded', seconds: seconds() });
  signal.throwIfAborted();
  await parts.store.saveApp({ current: release.n, stopped: false, config: release.set });
  // From here on nothing waits and nothing throws: either all of it happens or none.
  deploying.running?.retire();
  parts.router.setTargets(booted.map(({ target }) => target));
  deploying.onSwitched(createFormation(parts, release, release.quantities, booted));
  parts.log.write('platform', 'api', `Release v${release.n} is live`);
  say(`http://127.0.0.1:${parts.router.port} is served by v${release.n}`);
}

/** The new release is live whatever happens here. */
async function drainOld(deploying: Deploying, stages: Stages): Promise<void> {
  const { running, parts, signal } = deploying;
  if (!running) stages.skip('drain', 'Nothing ran before');
  else {
    await stages.run('drain', async (say) => {
      if (!(await running.drain(signal)))
        say('Some requests were cut off: they took longer than the drain may');
    });
    deploying.retire(running);
  }
  try {
    await parts.store.prune();
  } catch (error) {
    parts.context.say(`old releases of ${parts.store.app.name} could not be removed: ${messageOf(error)}`);
  }
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
    stages.skip('release', 'Only a deploy runs the release command: the database stays as it is');
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
