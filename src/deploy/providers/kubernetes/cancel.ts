import { notHeeded } from '../../errors/kubernetes';
import { noSuchApp } from '../../errors';
import type { Target } from '../../provider';
import type { KubeParts } from './client';
import { connect } from './client';
import { askRecords } from './reading';
import { markCancelled } from './sending';

/**
 * Tells whoever deploys, on this machine or another, that the deploy is to end: by a word at the record, which is looked at as often as
 * the roll out. They put the release before back. Throws UserError `deploy/not-heeded` where nobody does.
 */
export async function cancelDeploy(
  parts: KubeParts,
  target: Target,
  deploy: string,
  signal: AbortSignal,
): Promise<void> {
  const client = await connect(parts, target, signal);
  const find = async () => (await askRecords(client, target, signal)).find((one) => one.deploy === deploy);
  const record = await find();
  if (!record) throw noSuchApp(target.app);
  if (record.status !== 'created' && record.status !== 'rolling') return;
  const error = await markCancelled(client, target.app, { version: record.version, at: parts.now() }, signal);
  if (error) throw error;
  const began = parts.now().getTime();
  for (;;) {
    const now = await find();
    if (now?.status !== 'created' && now?.status !== 'rolling') return;
    if (parts.now().getTime() - began >= parts.patience.cancelMs) throw notHeeded(target.app, record.version);
    await parts.pause(parts.patience.lookEveryMs, signal);
  }
}
