import * as vscode from 'vscode';
import type { CommandId } from '../../../base/commands';
import { onSettingChange } from '../../../platform/vscode/settings';
import type { TasksHost } from '../vscode';
import type { Target, Targets } from './targets';
import { makefileSelector } from './watch';

const run: CommandId = 'servicewright.tasks.run';

/** *Run* above every target, in included files too; not in Restricted Mode, where nothing runs. */
export function registerLenses(host: TasksHost, targets: Targets): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  const refresh = (): void => changed.fire();
  const provider: vscode.CodeLensProvider = {
    onDidChangeCodeLenses: changed.event,
    async provideCodeLenses(document) {
      const isOn = vscode.workspace.isTrusted && host.settings.get('tasks.codeLens', document.uri.fsPath);
      return isOn ? (await targets.in(document)).map(lensOf) : [];
    },
  };
  return vscode.Disposable.from(
    changed,
    vscode.languages.registerCodeLensProvider(makefileSelector, provider),
    targets.onDidChange(refresh),
    onSettingChange('tasks.codeLens', refresh),
    vscode.workspace.onDidGrantWorkspaceTrust(refresh),
  );
}

function lensOf(target: Target): vscode.CodeLens {
  const { start, end } = target.task.range;
  const range = new vscode.Range(start.line, start.character, end.line, end.character);
  return new vscode.CodeLens(range, {
    command: run,
    title: `$(play) Run ${target.task.name}`,
    arguments: [{ target }],
  });
}
