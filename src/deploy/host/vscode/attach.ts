import * as vscode from 'vscode';
import { messageOf } from '../../../base/errors';
import { tellOutcome } from './outcome';
import type { Parts } from './parts';
import type { Choice } from './selection';

/** Follows deploys that an earlier window started and that still run: a reload loses sight of nothing. */
export async function attachRunning(parts: Parts): Promise<void> {
  if (!vscode.workspace.isTrusted) return;
  for (const choice of await parts.selection.all()) {
    attach(parts, choice).catch((error: unknown) =>
      parts.host.world.log.warn(`A deploy that runs could not be followed: ${messageOf(error)}`),
    );
  }
}

async function attach(parts: Parts, choice: Choice): Promise<void> {
  const deploy = (await parts.deployments.status(choice))?.deploy;
  if (deploy === undefined || parts.deployments.running(choice)) return;
  const title = `Deploying ${choice.target.app} → ${choice.target.environment.name}`;
  const result = await parts.deployments.follow(choice, title, (signal) =>
    choice.provider.attach(choice.target, deploy, signal),
  );
  await tellOutcome(parts, choice, result);
}
