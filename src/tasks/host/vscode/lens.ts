import * as vscode from 'vscode';
import type { CommandId } from '../../../base/commands';
import { onSettingChange } from '../../../platform/vscode/settings';
import type { TasksHost } from '../vscode';
import { fencesIn } from './fences';
import type { Runs } from './runs';
import { keyOf } from './runs';
import type { Target, Targets } from './targets';
import { taskFileSelector } from './watch';

const run: CommandId = 'servicewright.tasks.run';
const runWith: CommandId = 'servicewright.tasks.runWith';
const stop: CommandId = 'servicewright.tasks.stop';

/** *Run* above every target, in included files and in the examples of a README too; not in Restricted Mode, where nothing runs. */
export function registerLenses(host: TasksHost, targets: Targets, runs: Runs): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  const refresh = (): void => changed.fire();
  const isOn = ({ uri }: vscode.TextDocument): boolean =>
    vscode.workspace.isTrusted && host.settings.get('tasks.codeLens', uri.fsPath);
  const inFiles: vscode.CodeLensProvider = {
    onDidChangeCodeLenses: changed.event,
    async provideCodeLenses(document) {
      if (!isOn(document)) return [];
      return (await targets.in(document)).flatMap((target) => lensesOf(target, runs));
    },
  };
  const inReadme: vscode.CodeLensProvider = {
    onDidChangeCodeLenses: changed.event,
    provideCodeLenses: async (document) => (isOn(document) ? [...(await fencesIn(document, targets))] : []),
  };
  return vscode.Disposable.from(
    changed,
    vscode.languages.registerCodeLensProvider(taskFileSelector, inFiles),
    vscode.languages.registerCodeLensProvider({ pattern: '**/{README,CONTRIBUTING}*.md' }, inReadme),
    targets.onDidChange(refresh),
    runs.onDidChange(refresh),
    onSettingChange('tasks.codeLens', refresh),
    vscode.workspace.onDidGrantWorkspaceTrust(refresh),
  );
}

/** *Run*, and *with…* where the recipe reads something; *Stop* while it runs. */
function lensesOf(target: Target, runs: Runs): readonly vscode.CodeLens[] {
  const { found, task } = target;
  const { start, end } = task.range;
  const range = new vscode.Range(start.line, start.character, end.line, end.character);
  const lens = (command: CommandId, title: string): vscode.CodeLens =>
    new vscode.CodeLens(range, { command, title, arguments: [{ target }] });
  if (runs.of(keyOf(found.entry, task.name))?.state === 'running')
    return [lens(stop, `$(debug-stop) Stop ${task.name}`)];
  const first = lens(run, `$(play) Run ${task.name}`);
  return found.list.parametersOf(task).length > 0 ? [first, lens(runWith, 'with…')] : [first];
}
