import { UserError, isAbort } from '../../../base/errors';
import type { HttpResponse } from '../../../base/ports';
import type { DeployEvent } from '../../event';
import { badAppName } from '../../errors/empire';
import type { DeployRequest, Target } from '../../provider';
import type { ApiCall } from '../api';
import { StageClock } from '../../stage-clock';
import { linesOf, textOf } from '../lines';
import { failedBy, orUndefined } from '../outcome';
import { withSilences } from '../silence';
import { checkImage } from './image';
import type { Client, EmpireParts } from './client';
import { appPath, connect, messageHeader } from './client';
import { askProcesses, askReleases, isRun, isUp, typeOf } from './reading';
import { DeployStream } from './stream';
import type { Deploying } from './verdict';
import { notStarted, refusedInside, superseded, unknownEnd } from './verdict';
import { tellMeanwhile, watchProcesses } from './watch';
import { readProblem } from './wire';

/**
 * One deploy. What is thrown comes before anything was sent that changes an app's releases; from then on every end is told as an
 * outcome. Cancelling ends the watching alone: Empire has no way to stop a deploy.
 */
export async function* deployEvents(
  parts: EmpireParts,
  target: Target,
  request: DeployRequest,
  signal: AbortSignal,
): AsyncIterable<DeployEvent> {
  const clock = new StageClock(parts.now);
  yield* clock.enter('preflight');
  const image = checkImage(request.image, target);
  const client = await connect(parts, target, signal);
  const { made, ...ready } = await makeReady(client, target, request, signal);
  if (made) yield { type: 'log', text: `${target.app} is new on ${client.where}: the app was made.` };
  yield* clock.enter('pull');
  const deploying: Deploying = { parts, client, target, signal, ...ready };
  const call: ApiCall = {
    what: `deploy ${target.app}`,
    method: 'POST',
    // By its app and not by the image's name, which may be another app's.
    path: appPath(target, '/deploys'),
    headers: messageHeader(request.message ?? `Deploy ${image}`),
    body: { image, stream: true },
  };
  const stream = new DeployStream();
  let cut: unknown;
  try {
    const response = await client.open(call, signal);
    if (response.status !== 200) {
      const end = await refused(deploying, call, response);
      if (end.type === 'finished' && end.outcome === 'failed') yield* clock.end('failed');
      yield end;
      return;
    }
    yield* relay(response, { deploying, clock, stream });
  } catch (error) {
    if (isAbort(error) || (error instanceof UserError && error.code === 'deploy/unreachable')) throw error;
    cut = error;
  }
  yield* conclude(deploying, { clock, stream, cut });
}

interface Ready extends Pick<Deploying, 'before' | 'services'> {
  /** Whether the app was made for this deploy. */
  readonly made: boolean;
}

/** The newest release before this deploy, and what runs; makes the app where there is none. */
async function makeReady(
  client: Client,
  target: Target,
  request: DeployRequest,
  signal: AbortSignal,
): Promise<Ready> {
  if (!isAppName(target.app)) throw badAppName(target.app);
  const releases = await askReleases(client, target, 1, signal);
  if (releases) {
    const services = releases.length === 0 ? [] : await servicesOf(client, target, signal);
    return { before: releases[0]?.version, services, made: false };
  }
  const headers = messageHeader(request.message ?? `Make ${target.app}`);
  const what = `make the app ${target.app}`;
  const call: ApiCall = { what, method: 'POST', path: '/apps', headers, body: { name: target.app } };
  try {
    await client.change(call, signal);
  } catch (error) {
    // Somebody else may have made it at this moment, which the server calls a failure of its own.
    if (isAbort(error) || !(await orUndefined(askReleases(client, target, 1, signal)))) throw error;
    return { before: undefined, services: [], made: false };
  }
  return { before: undefined, services: [], made: true };
}

/** The types of which processes are up; none where they can't be asked for. */
export async function servicesOf(
  client: Client,
  target: Target,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const processes = (await orUndefined(askProcesses(client, target, signal))) ?? [];
  return processes.filter((one) => isUp(one) && !isRun(one)).map(typeOf);
}

/** The server's own rule; what breaks it is answered without a reason. */
export const isAppName = (name: string): boolean => /^[a-z][a-z0-9-]{2,30}$/.test(name);

interface Relay {
  readonly deploying: Deploying;
  readonly clock: StageClock;
  readonly stream: DeployStream;
}

async function* relay(
  response: HttpResponse,
  { deploying, clock, stream }: Relay,
): AsyncIterable<DeployEvent> {
  const { client, parts } = deploying;
  let meanwhile: string | undefined;
  for await (const line of withSilences(linesOf(response.body), parts.pause, parts.patience.silentMs)) {
    if (line === undefined) {
      const text = await tellMeanwhile(deploying, stream);
      if (text !== undefined && text !== meanwhile) yield { type: 'log', text };
      meanwhile = text;
      continue;
    }
    const before = stream.phase;
    const events = stream.take(line);
    // The line that tells of the release ends its making.
    yield* clock.enter(stream.phase === 'boot' && before !== 'boot' ? 'create' : stream.phase);
    for (const event of events)
      yield event.type === 'log' ? { ...event, text: client.clean(event.text) } : event;
    yield* clock.enter(stream.phase);
  }
}

/**
 * A refusal before the stream: nothing was released. A page that is not Empire's, or a gateway's status, says nothing of what Empire
 * did behind it.
 */
async function refused(deploying: Deploying, call: ApiCall, response: HttpResponse): Promise<DeployEvent> {
  const text = await textOrNothing(response);
  const isEmpire = readProblem(text) !== undefined;
  const isCertain = response.status < 500 || (response.status === 500 && isEmpire);
  if (!isCertain)
    return unknownEnd(
      deploying,
      undefined,
      `${deploying.client.where} answered ${response.status} instead of telling how it goes`,
    );
  try {
    deploying.client.check({ status: response.status, headers: response.headers, text }, call);
  } catch (error) {
    if (error instanceof UserError) return failedBy(error);
    throw error;
  }
  return unknownEnd(deploying, undefined, `${deploying.client.where} answered ${response.status}`);
}

async function textOrNothing(response: HttpResponse): Promise<string> {
  try {
    return await textOf(response.body);
  } catch (error) {
    if (isAbort(error)) throw error;
    return '';
  }
}

interface End {
  readonly clock: StageClock;
  readonly stream: DeployStream;
  /** What ended the stream, when it did not end by itself. */
  readonly cut: unknown;
}

async function* conclude(deploying: Deploying, { clock, stream, cut }: End): AsyncIterable<DeployEvent> {
  if (stream.errors.length > 0) {
    const end = await refusedInside(deploying, stream);
    if (end.type === 'finished' && end.outcome === 'failed') yield* clock.end('failed');
    yield end;
  } else if (stream.isFinished && stream.isSuperseded) {
    yield await superseded(deploying, stream.release ?? 0);
  } else if (stream.isFinished) {
    yield* clock.enter('boot');
    yield* watchProcesses(deploying, stream, clock);
  } else if (!stream.hasSpoken && cut === undefined) {
    yield await notStarted(deploying);
  } else {
    const { where } = deploying.client;
    yield await unknownEnd(
      deploying,
      stream.release,
      cut === undefined
        ? `${where} stopped without saying how it ended`
        : `the connection to ${where} ended in the middle`,
    );
  }
}
