import * as vscode from 'vscode';
import type { SettingName, SettingValue, Settings } from '../../base/settings';
import { settings } from '../../base/settings';

/** Reads the settings of the editor; a value is what VS Code checked against the manifest's schema. */
export function createSettings(): Settings {
  return {
    get<N extends SettingName>(name: N, at?: string): SettingValue<N> {
      const scope = at === undefined ? undefined : vscode.Uri.file(at);
      const fallback = settings[name].default as SettingValue<N>;
      return vscode.workspace.getConfiguration('servicewright', scope).get(name, fallback);
    },
  };
}

/** Calls back when any setting under `prefix` changes. */
export function onSettingChange(prefix: string, listener: () => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration(`servicewright.${prefix}`)) listener();
  });
}
