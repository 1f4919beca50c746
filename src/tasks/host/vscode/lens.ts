import * as vscode from 'vscode';
import type { CommandId } from '../../../base/commands';
import { onSettingChange } from '../../../platform/vscode/settings';
import type { TasksHost } from '../vscode';
import type { Target, Targets } from './targets';

const run: CommandId = 'servicewright.tasks.run';

/** *Run* above every target, in included files too; not in Restricted Mode, where nothing runs. */
export function registerLenses(host: TasksHost, targets: Targets): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  const refresh = (): void => changed.fire();
  const provider: vscode.CodeLensProvider = {
    onDidChangeCodeLenses: changed.event,
    async provideCodeLenses(document) {
      const isOn = vscode.workspace.isTrusted && host.settings.get('tasks.codeLens', document.uri.fsPath);
      return isOn ? lensesOf(document, await targets.lists()) : [];
    },
  };
  return vscode.Disposable.from(
    changed,
    vscode.languages.registerCodeLensProvider({ language: 'makefile' }, provider),
    targets.onDidChange(refresh),
    onSettingChange('tasks.codeLens', refresh),
    vscode.workspace.onDidGrantWorkspaceTrust(refresh),
  );
}

function lensesOf(
  document: vscode.TextDocument,
  lists: Awaited<ReturnType<Targets['lists']>>,
): vscode.CodeLens[] {
  return lists.flatMap((found) =>
    found.list.tasks
      .filter((task) => task.file === document.uri.path && found.entry.scheme === document.uri.scheme)
      .map((task) => {
        const { start, end } = task.range;
        const target: Target = { found, task };
        const range = new vscode.Range(start.line, start.character, end.line, end.character);
        return new vscode.CodeLens(range, {
          command: run,
          title: `$(play) Run ${task.name}`,
          arguments: [{ target }],
        });
      }),
  );
}
