import { UserError, isAbort } from '../../../base/errors';
import type { DeployRequest, Note, Plan, RollbackPreview, Target } from '../../provider';
import { noSuchRelease } from '../../errors';
import { isMoving } from '../../image';
import { compareKeys } from '../../preview';
import type { Client, KubeParts } from './client';
import { connect } from './client';
import { processName } from './names';
import { jobOf } from './objects';
import type { Before } from './ready';
import { askBefore, baseOf, checkOwners, nextRecord, wantedRelease } from './ready';
import type { ReleaseRecord } from './record';
import { releaseOf, variablesOf } from './record';
import { objectsOf, wantedOf } from './rolling';
import { apply, createRecord } from './sending';

/**
 * What a deploy would meet: everything of it is sent to the cluster with the wish to try and keep nothing (server-side dry run), so that
 * rights, quotas, admission and mistakes show. What would stop it is a blocker and not thrown.
 */
export async function planDeploy(
  parts: KubeParts,
  target: Target,
  request: DeployRequest,
  signal: AbortSignal,
): Promise<Plan> {
  const notes: Note[] = [];
  try {
    const wanted = await wantedRelease(parts, target, request);
    if (isMoving(wanted.image ?? ''))
      notes.push({
        level: 'warning',
        code: 'deploy/moving-image',
        message: `${wanted.image ?? ''} may mean another image tomorrow, and the releases will not tell which it was.`,
      });
    const client = await connect(parts, target, signal);
    notes.push(...wayNotes(client));
    const before = await askBefore(client, target, signal);
    const record = nextRecord(parts, before, wanted);
    await checkOwners(client, target, { record, before }, signal);
    notes.push(...changeNotes(client, target, record, before));
    notes.push(...(await tried({ parts, client, target, record, signal })));
    const newest = before.records[0]?.version;
    const { deployed } = before;
    return {
      ...(deployed ? { current: releaseOf(deployed, deployed.version) } : {}),
      ...(newest === undefined ? {} : { newest }),
      notes,
    };
  } catch (error) {
    if (isAbort(error) || !(error instanceof UserError)) throw error;
    return { notes: [...notes, blocker(error)] };
  }
}

const blocker = ({ code, message }: UserError): Note => ({ level: 'blocker', code, message });
const info = (code: string, message: string): Note => ({ level: 'info', code: `deploy/${code}`, message });

function wayNotes(client: Client): readonly Note[] {
  const as = client.as === undefined ? '' : `, as ${client.as}`;
  const where = `${client.where}, namespace ${client.namespace}${as}`;
  const isPlain = /^http:\/\/(?!localhost\b|127\.|\[::1\])/.test(client.where);
  const isUnchecked = client.isUnchecked && client.where.startsWith('https:');
  if (!isUnchecked && !isPlain) return [info('place', `It goes to ${where}.`)];
  const why = isPlain ? 'is plain http' : 'is not checked to be who it says (insecure-skip-tls-verify)';
  return [
    {
      level: 'warning',
      code: 'deploy/plain-http',
      message: `${where} ${why}: whoever is in between reads the credentials.`,
    },
  ];
}

/** What changes beside the code. */
function changeNotes(client: Client, target: Target, record: ReleaseRecord, before: Before): readonly Note[] {
  const { deployed } = before;
  if (!deployed) return [info('new-app', `${target.app} does not run on ${client.where} yet.`)];
  const types = (one: ReleaseRecord): readonly string[] => one.processes.map(({ type }) => type);
  const come = types(record).filter((type) => !types(deployed).includes(type));
  const wanted = new Set(types(record).map((type) => processName(target.app, type)));
  const go = before.deployments.filter((one) => !wanted.has(one.name)).map((one) => one.name);
  const keys = compareKeys(variablesOf(deployed), variablesOf(record));
  const all = [...keys.added, ...keys.changed, ...keys.removed];
  return [
    ...(come.length === 0 ? [] : [info('new-process', `New in the Procfile: ${come.join(', ')}.`)]),
    ...(go.length === 0
      ? []
      : [
          info(
            'gone-process',
            `Taken away at its end, since the Procfile names them no more: ${go.join(', ')}.`,
          ),
        ]),
    ...(all.length === 0 ? [] : [info('variables', `Variables that change: ${all.join(', ')}.`)]),
    ...(record.releaseCommand === undefined
      ? []
      : [info('release-command', `First it runs: ${record.releaseCommand}.`)]),
  ];
}

interface Trying {
  readonly parts: KubeParts;
  readonly client: Client;
  readonly target: Target;
  readonly record: ReleaseRecord;
  readonly signal: AbortSignal;
}

/** What the cluster would refuse. */
async function tried({ parts, client, target, record, signal }: Trying): Promise<readonly Note[]> {
  const rolling = { parts, target };
  const job =
    record.releaseCommand === undefined
      ? []
      : [jobOf(await wantedOf(rolling, record), record.releaseCommand)];
  const sent = [await createRecord(client, target.app, record, { signal, isDry: true })];
  for (const object of [...job, ...(await objectsOf(rolling, record))])
    sent.push(await apply(client, object, { isDry: true }, signal));
  return sent.flatMap((one) => (one.kind === 'sure' ? [] : [blocker(one.error)]));
}

/** What a roll back changes beside the code. */
export async function previewRollback(
  client: Client,
  target: Target,
  version: number,
  signal: AbortSignal,
): Promise<RollbackPreview> {
  const before = await askBefore(client, target, signal);
  const old = before.records.find((one) => one.version === version);
  if (!old) throw noSuchRelease(target.app, `v${version}`);
  const now = baseOf(before);
  return {
    ...(old.image === undefined ? {} : { image: old.image }),
    config: compareKeys(now ? variablesOf(now) : {}, variablesOf(old)),
    notes: [
      'How many processes run stays as it is.',
      ...(old.releaseCommand === undefined ? [] : ['Its release command is not run again.']),
    ],
  };
}
