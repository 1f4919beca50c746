import * as vscode from 'vscode';
import { UserError, isAbort, messageOf } from '../../../base/errors';
import { lineProgress, noteLines, resultLines } from '../../task-text';
import type { Wish } from '../../prepare';
import { look, wishOf } from './checking';
import type { DeployDefinition } from './deploy-tasks';
import { deployWish } from './deploying';
import type { Parts } from './parts';
import type { Choice } from './selection';

/** The terminal of a deploy task: its lines as they come, 0 where the release is live, 1 elsewhere. Ending the task cancels the deploy as far as the platform can. */
export function createDeployTerminal(
  parts: Parts,
  definition: DeployDefinition,
  find: () => Promise<Choice>,
): vscode.Pseudoterminal {
  const written = new vscode.EventEmitter<string>();
  const closed = new vscode.EventEmitter<number>();
  const leaving = new AbortController();
  const say = (line: string): void => written.fire(`${line.replaceAll('\n', '\r\n')}\r\n`);
  const run = async (): Promise<number> => {
    const choice = await find();
    const wish = wishWith(wishOf(parts, choice), definition);
    return definition.action === 'check'
      ? check(parts, choice, wish, say)
      : deploy(parts, choice, { wish, say, signal: leaving.signal });
  };
  return {
    onDidWrite: written.event,
    onDidClose: closed.event,
    open: () =>
      void run().then(
        (code) => closed.fire(code),
        (error: unknown) => closed.fire(tell(error, say)),
      ),
    close: () => leaving.abort(),
    handleInput(text) {
      if (text !== '\x03') return;
      say('Cancelling …');
      leaving.abort();
    },
  };
}

const wishWith = (wish: Wish, { image, message }: DeployDefinition): Wish => ({
  ...wish,
  ...(image === undefined ? {} : { image }),
  ...(message === undefined ? {} : { message }),
});

// oxlint-disable-next-line max-params
async function check(parts: Parts, choice: Choice, wish: Wish, say: (line: string) => void): Promise<number> {
  const { notes } = await look(parts, choice, wish);
  for (const line of noteLines(notes)) say(line);
  const isClear = notes.every((one) => one.level === 'info');
  if (isClear) say('✓ Nothing stands in its way.');
  return isClear ? 0 : 1;
}

interface Deploying {
  readonly wish: Wish;
  readonly signal: AbortSignal;
  say(line: string): void;
}

async function deploy(parts: Parts, choice: Choice, { wish, say, signal }: Deploying): Promise<number> {
  const { target } = choice;
  if (parts.deployments.running(choice)) {
    say(
      `${target.app} is being deployed to ${target.environment.name} already; this task waits for nothing.`,
    );
    return 1;
  }
  const watch = {
    progress: lineProgress(say),
    signal,
    notes: (lines: readonly string[]) => lines.forEach(say),
  };
  const result = await deployWish(parts, choice, wish, watch);
  if (!result) {
    say('Nothing was deployed.');
    return 1;
  }
  for (const line of resultLines(target, result)) say(line);
  return result.outcome === 'live' ? 0 : 1;
}

/** Says what went wrong and gives the exit code: 130 for who left, as a shell has it. */
function tell(error: unknown, say: (line: string) => void): number {
  if (isAbort(error)) {
    say('Nothing was deployed.');
    return 130;
  }
  say(`✗ ${messageOf(error)}`);
  if (error instanceof UserError) for (const line of error.lines) say(`  │ ${line}`);
  if (error instanceof UserError && error.fix) say(`  ${error.fix.label}`);
  return 1;
}
