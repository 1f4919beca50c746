import * as vscode from 'vscode';
import type { Cache, World } from '../../base/ports';
import type { Settings } from '../../base/settings';
import { formPanel } from '../../base/views';
import { registerCommand } from '../../platform/vscode/ui';
import { readArgs } from './vscode/args';
import { registerPreview } from './vscode/preview';
import { showReadmeOnce } from './vscode/readme';
import { registerTemplateEditor } from './vscode/template-editor';

export interface ScaffoldHost {
  readonly context: vscode.ExtensionContext;
  readonly world: World;
  /** Where fetched templates are kept. */
  readonly cache: Cache;
  readonly settings: Settings;
  /** The user's home folder. */
  readonly homeDir: string;
  /** Called when a service was made. */
  readonly onCreated: (dir: string) => void;
}

/** Registers *New Microservice* and shows the README of a service that was just made and opened. */
export function registerScaffold(host: ScaffoldHost): vscode.Disposable {
  const preview = registerPreview();
  const problems = vscode.languages.createDiagnosticCollection('servicewright.templates');
  void showReadmeOnce(host.context);
  return vscode.Disposable.from(
    preview,
    registerTemplateEditor(host.world.files),
    registerCommand('servicewright.newMicroservice', host.world.log, async (args?: unknown) => {
      // Loaded when it is first asked for: the template engine is half of the bundle, and a window should not wait for it.
      const wanted = readArgs(args);
      const withForm = wanted.dir === undefined && host.settings.get('scaffold.face') === 'form';
      const ask = withForm
        ? (await import('./vscode/form')).askWithForm
        : (await import('./vscode/new-microservice')).newMicroservice;
      const made = await ask(host, preview, wanted);
      return { dir: made.dir, files: made.files.map((file) => file.path) };
    }),
    registerCommand('servicewright.scaffold.checkTemplate', host.world.log, async (target?: unknown) => {
      const { checkTemplateHere } = await import('./vscode/check-template');
      return checkTemplateHere(host, problems, target);
    }),
    problems,
    vscode.window.registerWebviewPanelSerializer(formPanel, {
      deserializeWebviewPanel: async (panel, saved: unknown) => {
        const { restoreForm } = await import('./vscode/form');
        await restoreForm(host, preview, { panel, saved });
      },
    }),
  );
}
