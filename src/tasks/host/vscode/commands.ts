import * as vscode from 'vscode';
import { relative } from '../../../base/paths';
import { registerCommand } from '../../../platform/vscode/ui';
import { targetGone, untrusted } from '../../errors';
import type { TasksHost } from '../vscode';
import { askTool } from './asking';
import type { Entry } from './entries';
import type { Pins } from './pins';
import { runTarget } from './run';
import { runWith } from './run-with';
import type { Runs } from './runs';
import { keyOf } from './runs';
import { startTask } from './start';
import type { FoundList, Target, Targets } from './targets';

/** What a command is given: a row of the view or a lens; names, from a keybinding or another extension; or nothing. */
type Argument =
  | { readonly target?: Target | string; readonly file?: string; readonly args?: readonly string[] }
  | undefined;

export interface Parts {
  readonly host: TasksHost;
  readonly targets: Targets;
  readonly runs: Runs;
  readonly pins: Pins;
}

export function registerTaskCommands(parts: Parts): vscode.Disposable {
  const { host, targets, runs, pins } = parts;
  const { log } = host.world;
  const withTarget =
    (work: (target: Target, argument: Argument) => unknown) =>
    async (argument: Argument): Promise<void> => {
      const target = await targetOf(argument, targets);
      if (target) await work(target, argument);
    };
  return vscode.Disposable.from(
    registerCommand('servicewright.tasks.run', log, async (argument: Argument) => {
      if (!vscode.workspace.isTrusted) throw untrusted();
      const run = withTarget((target, given) =>
        runTarget(host, target, given?.args ? { args: given.args } : {}),
      );
      await run(argument);
    }),
    registerCommand('servicewright.tasks.runWith', log, async (argument: Argument) => {
      if (!vscode.workspace.isTrusted) throw untrusted();
      await withTarget((target) => runWith(host, target))(argument);
    }),
    registerCommand(
      'servicewright.tasks.rerun',
      log,
      withTarget((target) => runAgain(parts, target)),
    ),
    registerCommand(
      'servicewright.tasks.stop',
      log,
      withTarget((target) => runs.stop(nameOf(target))),
    ),
    registerCommand(
      'servicewright.tasks.pin',
      log,
      withTarget((target) => pins.set(nameOf(target), true)),
    ),
    registerCommand(
      'servicewright.tasks.unpin',
      log,
      withTarget((target) => pins.set(nameOf(target), false)),
    ),
    registerCommand('servicewright.tasks.reveal', log, withTarget(reveal)),
    ...registerListCommands(parts),
  );
}

/** What is done with a whole list. */
function registerListCommands({ host, targets }: Parts): readonly vscode.Disposable[] {
  const { log } = host.world;
  return [
    registerCommand(
      'servicewright.tasks.ask',
      log,
      async (argument: { readonly found?: FoundList; readonly entry?: Entry } | undefined) => {
        const found = await listOf(argument, targets);
        if (found) await askTool(host, targets, found);
      },
    ),
    registerCommand('servicewright.tasks.refresh', log, () => targets.refresh()),
  ];
}

const nameOf = ({ found, task }: Target): string => keyOf(found.entry, task.name);

async function runAgain({ host, runs }: Parts, target: Target): Promise<void> {
  const task = runs.last(nameOf(target));
  if (task) await startTask(task);
  else await runTarget(host, target);
}

async function listOf(
  argument: { readonly found?: FoundList; readonly entry?: Entry } | undefined,
  targets: Targets,
): Promise<FoundList | undefined> {
  if (argument?.found) return argument.found;
  return argument?.entry ? targets.read(argument.entry) : pickList(targets);
}

/** The target that the argument names; asks when there is none. `file` is the Makefile, relative to its workspace folder. */
async function targetOf(argument: Argument, targets: Targets): Promise<Target | undefined> {
  const name = argument?.target;
  if (name === undefined) return pickTarget(targets);
  if (typeof name !== 'string') return name;
  for (const found of await targets.lists()) {
    const { folder, uri } = found.entry;
    const isAsked = argument?.file === undefined || relative(folder.uri.path, uri.path) === argument.file;
    const task = isAsked ? found.list.tasks.find((one) => one.name === name) : undefined;
    if (task) return { found, task };
  }
  throw targetGone(name);
}

async function reveal({ found, task }: Target): Promise<void> {
  const { start, end } = task.range;
  const selection = new vscode.Range(start.line, start.character, end.line, end.character);
  await vscode.window.showTextDocument(found.entry.uri.with({ path: task.file }), { selection });
}

async function pickTarget(targets: Targets): Promise<Target | undefined> {
  const items = (await targets.lists()).flatMap((found) =>
    [...found.list.tasks, ...found.list.patterns]
      .filter((task) => task.isAction)
      .map((task) => ({
        label: task.name,
        description: vscode.workspace.asRelativePath(found.entry.uri),
        detail: task.description ?? '',
        target: { found, task },
      })),
  );
  const options = { placeHolder: 'Which target?', matchOnDescription: true, matchOnDetail: true };
  return (await vscode.window.showQuickPick(items, options))?.target;
}

/** The Makefiles (and Taskfiles) whose list is not whole; the only one without a question. */
async function pickList(targets: Targets): Promise<FoundList | undefined> {
  const lists = (await targets.lists()).filter(({ entry }) => entry.source.asking.runsCode);
  if (lists.length <= 1) return lists[0];
  const items = lists.map((found) => ({
    label: vscode.workspace.asRelativePath(found.entry.uri),
    description:
      found.list.unresolved.length > 0
        ? `${found.list.unresolved.length} that only ${found.entry.source.title} knows`
        : '',
    found,
  }));
  return (await vscode.window.showQuickPick(items, { placeHolder: 'Of which file?' }))?.found;
}
