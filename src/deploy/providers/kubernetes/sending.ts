import { UserError, isAbort } from '../../../base/errors';
import { isObject, stringAt } from '../../../base/json';
import type { Answer, ApiCall } from '../api';
import type { Client } from './client';
import { keys, pathsIn, recordName } from './names';
import { get } from './reading';
import type { ReleaseRecord, Status } from './record';
import { secretOf } from './record';
import { readOne, readProblem, readSecret } from './wire';

/**
 * Changes of a cluster that do no harm when they arrive twice: server-side apply, creation under a name that is ours alone, taking
 * away. So they are sent again where the answer is lost, and a deploy still happens once.
 */

/** `sure`: it was done. `refused`: it was not, and why. `lost`: nobody knows. */
export type Sent =
  | { readonly kind: 'sure'; readonly text: string }
  | { readonly kind: 'refused'; readonly error: UserError; readonly status: number }
  | { readonly kind: 'lost'; readonly error: UserError };

const manager = 'servicewright';

/** The collection of an object that we apply. */
function collectionOf(namespace: string, kind: string): string {
  const paths = pathsIn(namespace);
  const known: Readonly<Partial<Record<string, string>>> = {
    Deployment: paths.deployments,
    Service: paths.services,
    Ingress: paths.ingresses,
    Job: paths.jobs,
  };
  const path = known[kind];
  if (path === undefined) throw new Error(`Nothing is known of the kind ${kind}.`);
  return path;
}

/** Of an object of ours. */
export function nameOf(object: object): { readonly kind: string; readonly name: string } {
  const meta = isObject(object) ? object['metadata'] : undefined;
  return { kind: stringAt(object, 'kind') ?? '', name: stringAt(meta, 'name') ?? '' };
}

export async function apply(
  client: Client,
  object: object,
  options: { readonly isDry: boolean },
  signal: AbortSignal,
): Promise<Sent> {
  const { kind, name } = nameOf(object);
  const query = `?fieldManager=${manager}&force=true${options.isDry ? '&dryRun=All' : ''}`;
  return send(
    client,
    {
      what: `${options.isDry ? 'check' : 'apply'} the ${kind} ${name}`,
      method: 'PATCH',
      path: `${collectionOf(client.namespace, kind)}/${name}${query}`,
      // JSON is YAML.
      headers: { 'content-type': 'application/apply-patch+yaml' },
      body: object,
    },
    signal,
  );
}

/** Creates under a name that says whose it is; when it stands there already, `isOwn` tells whether an earlier try of ours made it. */
export async function create(
  client: Client,
  {
    path,
    object,
    what,
    isDry = false,
  }: { readonly path: string; readonly object: object; readonly what: string; readonly isDry?: boolean },
  isOwn: (text: string) => boolean,
  signal: AbortSignal,
): Promise<Sent> {
  const query = `?fieldManager=${manager}${isDry ? '&dryRun=All' : ''}`;
  const sent = await send(client, { what, method: 'POST', path: path + query, body: object }, signal);
  if (sent.kind !== 'refused' || sent.status !== 409) return sent;
  const found = await send(client, get(what, `${path}/${nameOf(object).name}`), signal);
  if (found.kind !== 'sure') return found.kind === 'lost' ? found : sent;
  return isOwn(found.text) ? found : sent;
}

/** The record of a release; the one place where a deploy begins to exist. */
export async function createRecord(
  client: Client,
  app: string,
  record: ReleaseRecord,
  options: { readonly signal: AbortSignal; readonly isDry?: boolean },
): Promise<Sent> {
  return create(
    client,
    {
      path: pathsIn(client.namespace).secrets,
      object: secretOf(app, record),
      what: `make release v${record.version}`,
      isDry: options.isDry === true,
    },
    (text) => readOne(text, readSecret)?.annotations[keys.deploy] === record.deploy,
    options.signal,
  );
}

/** Says how a release fared. That it can't be said changes nothing else. */
export async function mark(
  client: Client,
  app: string,
  said: { readonly version: number; readonly status: Status },
  signal: AbortSignal,
): Promise<void> {
  const what = `mark release v${said.version}`;
  const metadata = { labels: { [keys.status]: said.status } };
  await send(client, patchRecord(client, recordName(app, said.version), what, metadata), signal);
}

/** Says that a deploy is to end. Gives why it can't be said. */
export async function markCancelled(
  client: Client,
  app: string,
  said: { readonly version: number; readonly at: Date },
  signal: AbortSignal,
): Promise<UserError | undefined> {
  const metadata = { annotations: { [keys.cancel]: said.at.toISOString() } };
  const call = patchRecord(client, recordName(app, said.version), 'cancel the deploy', metadata);
  const sent = await send(client, call, signal);
  return sent.kind === 'sure' ? undefined : sent.error;
}

/** The one part of a record that may change. */
const patchRecord = (client: Client, name: string, what: string, metadata: object): ApiCall => ({
  what,
  method: 'PATCH',
  path: `${pathsIn(client.namespace).secrets}/${name}?fieldManager=${manager}`,
  headers: { 'content-type': 'application/merge-patch+json' },
  body: { metadata },
});

/** Takes away; what is gone already is fine. Gives what it refused with. */
export async function remove(
  client: Client,
  path: string,
  what: string,
  signal: AbortSignal,
): Promise<UserError | undefined> {
  const sent = await send(
    client,
    { what, method: 'DELETE', path: `${path}?propagationPolicy=Background` },
    signal,
  );
  if (sent.kind === 'sure' || (sent.kind === 'refused' && sent.status === 404)) return undefined;
  return sent.error;
}

async function send(client: Client, call: ApiCall, signal: AbortSignal): Promise<Sent> {
  let answer: Answer;
  try {
    answer = await client.repeat(call, (one) => kindOf(call, one) !== 'lost', signal);
  } catch (error) {
    if (isAbort(error) || !(error instanceof UserError)) throw error;
    // That nothing was sent is true of the last try alone.
    return { kind: 'lost', error };
  }
  const kind = kindOf(call, answer);
  if (kind === 'sure') return { kind, text: answer.text };
  return { kind, error: client.refusal(answer, call), status: answer.status };
}

/** A refusal is one only when Kubernetes itself says so; a page of something before it says nothing of what was done behind it. */
function kindOf(call: ApiCall, answer: Answer): Sent['kind'] {
  const { status, text } = answer;
  if (status >= 200 && status < 300)
    return readOne(text, (value) => (isObject(value) ? value : undefined)) ? 'sure' : 'lost';
  return readProblem(text) !== undefined && !isBusy(call, answer) ? 'refused' : 'lost';
}

/** What another moment answers otherwise: too many requests, an object that changed meanwhile, trouble of the server's own. */
const isBusy = ({ method }: ApiCall, { status }: Answer): boolean =>
  status === 429 || status >= 500 || (status === 409 && method === 'PATCH');
