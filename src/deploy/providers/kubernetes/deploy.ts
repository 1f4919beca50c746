import { isAbort } from '../../../base/errors';
import type { DeployEvent } from '../../event';
import { noSuchApp, noSuchRelease } from '../../errors';
import { meanwhile } from '../../errors/kubernetes';
import type { DeployRequest, Target } from '../../provider';
import { StageClock } from '../../stage-clock';
import { errorOf } from '../outcome';
import type { KubeParts } from './client';
import { connect } from './client';
import { runGate } from './gate';
import { askBefore, checkOwners, nextRecord, wantedRelease } from './ready';
import type { Rolling } from './rolling';
import { applyAll, isCancelled, isOvertaken, makeRecord, markAs, objectsOf } from './rolling';
import { cancelled, failed, failedBefore } from './verdict';
import { watchRollout } from './watch';

/**
 * One deploy. What is thrown comes before anything was sent that changes something; from then on every end is told as an outcome.
 * The record of the release is made first: its name is the lock, and what it holds is what runs.
 */
export async function* deployEvents(
  parts: KubeParts,
  target: Target,
  request: DeployRequest,
  signal: AbortSignal,
): AsyncIterable<DeployEvent> {
  const clock = new StageClock(parts.now);
  yield* clock.enter('preflight');
  const wanted = await wantedRelease(parts, target, request);
  const client = await connect(parts, target, signal);
  const before = await askBefore(client, target, signal);
  const record = nextRecord(parts, before, wanted);
  await checkOwners(client, target, { record, before }, signal);
  yield* release({ parts, client, target, before, record, clock, signal }, record.releaseCommand);
}

/** A new release of what an old one ran, with its variables. Its release command is not run again: that of old code could undo what newer code needs. */
export async function* rollbackEvents(
  parts: KubeParts,
  target: Target,
  said: { readonly version: number; readonly message: string | undefined },
  signal: AbortSignal,
): AsyncIterable<DeployEvent> {
  const clock = new StageClock(parts.now);
  yield* clock.enter('preflight');
  const client = await connect(parts, target, signal);
  const before = await askBefore(client, target, signal);
  if (before.records.length === 0) throw noSuchApp(target.app);
  const old = before.records.find((one) => one.version === said.version);
  if (!old || old.image === undefined) throw noSuchRelease(target.app, `v${said.version}`);
  const { version, salt: _salt, deploy: _deploy, createdAt: _at, status: _status, ...rest } = old;
  const description = `Roll back to v${version}${said.message === undefined || said.message.startsWith('Roll back') ? '' : `: ${said.message}`}`;
  const record = nextRecord(parts, before, { ...rest, description });
  await checkOwners(client, target, { record, before }, signal);
  yield* release({ parts, client, target, before, record, clock, signal }, undefined);
}

async function* release(rolling: Rolling, command: string | undefined): AsyncIterable<DeployEvent> {
  const { target, record, clock } = rolling;
  yield* clock.enter('create');
  const made = await makeRecord(rolling);
  if (made.kind !== 'sure') {
    // Nothing runs that was not rolled out, whatever became of the record.
    yield* clock.end('failed');
    const isTaken = made.kind === 'refused' && made.status === 409;
    const { message, ...error } = errorOf(isTaken ? meanwhile(target.app, record.version) : made.error);
    const text = isTaken ? message : `${message} Nothing was rolled out.`;
    yield { type: 'finished', outcome: 'failed', error: { ...error, message: text } };
    return;
  }
  yield { type: 'released', release: record.version };
  yield { type: 'started', deploy: record.deploy };
  if (command !== undefined) {
    yield* clock.enter('release');
    let isOver = false;
    for await (const event of runGate(rolling, command)) {
      yield event;
      isOver ||= event.type === 'finished';
    }
    if (isOver) return;
  }
  yield* rollOut(rolling);
}

/** From the record that is made to the end that is known. */
export async function* rollOut(rolling: Rolling): AsyncIterable<DeployEvent> {
  const { target, record, clock } = rolling;
  yield* clock.enter('boot');
  if (await overtaken(rolling)) {
    yield* clock.end('failed');
    yield {
      type: 'finished',
      outcome: 'failed',
      release: record.version,
      error: {
        code: 'deploy/superseded',
        message: `A newer release of ${target.app} was made before v${record.version} was rolled out, so it was not.`,
        lines: [],
      },
    };
    return;
  }
  if (await isCancelled(rolling)) {
    yield* failedBefore(rolling, cancelled(rolling));
    return;
  }
  const sent = await applyAll(rolling, await objectsOf(rolling, record));
  if (sent?.kind === 'refused') {
    yield* failed(rolling, errorOf(sent.error));
    return;
  }
  await markAs(rolling, 'rolling');
  yield* watchRollout(rolling, sent?.kind === 'lost' ? sent.error.message : undefined);
}

/** That it can't be asked is no reason to stop. */
async function overtaken(rolling: Rolling): Promise<boolean> {
  try {
    return await isOvertaken(rolling);
  } catch (error) {
    if (isAbort(error)) throw error;
    return false;
  }
}
