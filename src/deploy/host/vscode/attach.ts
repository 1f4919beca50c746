import * as vscode from 'vscode';
import { messageOf } from '../../../base/errors';
import { pause } from '../../../base/pause';
import { lookAfter } from '../../look-after';
import type { DeployRecord } from '../../records';
import { runDeploy } from '../../run';
import { tellOutcome } from './outcome';
import type { Parts } from './parts';
import type { Choice } from './selection';

/** Takes up deploys that an earlier window began: those that can be followed are, of the others it is told what is known. */
export async function attachRunning(parts: Parts): Promise<void> {
  if (!vscode.workspace.isTrusted) return;
  for (const choice of await parts.selection.all()) {
    takeUp(parts, choice).catch((error: unknown) =>
      parts.host.world.log.warn(`A deploy of before could not be taken up: ${messageOf(error)}`),
    );
  }
}

async function takeUp(parts: Parts, choice: Choice): Promise<void> {
  if (choice.provider.caps.attach) {
    await attach(parts, choice, (await findOrphan(parts, choice)).orphan);
    return;
  }
  const orphan = await untilOrphan(parts, choice);
  if (orphan) await settle(parts, choice, orphan);
}

/** How often it is looked whether whoever follows a deploy is still there, in milliseconds. */
const everyMs = 2000;
/** A window that is loaded again ends soon after; another window may follow a deploy for as long as it takes. */
const mostLooks = 450;

/** The record that nobody ends any more. While its process lives, the window before ours may just be closing: then it is looked again. */
async function untilOrphan(parts: Parts, choice: Choice): Promise<DeployRecord | undefined> {
  for (let looks = 0; looks < mostLooks; looks++) {
    const { orphan, isFollowed } = await findOrphan(parts, choice);
    if (orphan || !isFollowed) return orphan;
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
  return undefined;
}

/** The newest record without an end whose window is gone, or whether another window follows one. */
async function findOrphan(
  { host }: Parts,
  choice: Choice,
): Promise<{ readonly orphan: DeployRecord | undefined; readonly isFollowed: boolean }> {
  const records = await host.records.of(choice.target, choice.provider.id, 5);
  const open = records.filter((one) => one.endedAt === undefined && one.pid !== host.machine.pid);
  const orphan = open.find((one) => !host.machine.isAlive(one.pid));
  return { orphan, isFollowed: open.length > 0 && !orphan };
}

async function attach(parts: Parts, choice: Choice, orphan: DeployRecord | undefined): Promise<void> {
  const running = (await parts.deployments.status(choice))?.deploy;
  const deploy = running ?? orphan?.deploy;
  if (deploy === undefined || parts.deployments.running(choice)) return;
  const { app, environment } = choice.target;
  const result = await parts.deployments.follow(choice, `Deploying ${app} → ${environment.name}`, (on) =>
    runDeploy(
      choice.provider.attach(choice.target, deploy, on.signal),
      { ...on, clock: on.world },
      on.progress,
    ),
  );
  if (orphan?.deploy === deploy) await parts.host.records.settle(orphan.id, result);
  await tellOutcome(parts, choice, result);
}

async function settle(parts: Parts, choice: Choice, orphan: DeployRecord): Promise<void> {
  const { app, environment } = choice.target;
  const result = await parts.deployments.follow(
    choice,
    `Looking after ${app} → ${environment.name}`,
    (on) => {
      const { provider, target, signal, world } = on;
      const events = lookAfter({ provider, target, orphan, pause, now: world.now, signal });
      return runDeploy(events, { ...on, clock: world }, on.progress);
    },
  );
  await parts.host.records.settle(orphan.id, result);
  await tellOutcome(parts, choice, result);
}
