import * as vscode from 'vscode';
import { join } from '../../../base/paths';
import type { Cache, World } from '../../../base/ports';
import { registerCommand } from '../../../platform/vscode/ui';
import type { Drift } from '../../update';
import { pathOf, slashed } from './args';
import type { ServiceSummary } from './drift-rows';
import { knownVersions } from './known-versions';
import { readUpdateArgs } from './update-args';
import { registerSides } from './update-documents';

export interface UpdateHost {
  readonly context: vscode.ExtensionContext;
  readonly world: World;
  readonly cache: Cache;
  /** The services of the workspace; `template` is its id and version. */
  readonly services: () => Promise<
    readonly { readonly dir: string; readonly name: string; readonly template: string | undefined }[]
  >;
  /** Called when a service was updated. */
  readonly onUpdated: (dir: string) => void;
}

/** What the *Services* view shows of a service's template. */
export interface TemplateDetails {
  readonly onDidChange: vscode.Event<void>;
  summary(dir: vscode.Uri): Promise<ServiceSummary | undefined>;
  rows(dir: vscode.Uri): Promise<readonly vscode.TreeItem[]>;
}

/** Registers *Update from Template* and gives what the *Services* view shows. Everything heavy is loaded when it is first asked for. */
export function registerUpdate(host: UpdateHost): { readonly details: TemplateDetails } & vscode.Disposable {
  const sides = registerSides();
  const changed = new vscode.EventEmitter<void>();
  const bundled = join(slashed(host.context.extensionPath), 'templates');
  const known = knownVersions(host.context.globalState);
  const drift = async (dir: vscode.Uri): Promise<Drift | undefined> =>
    dir.scheme === 'file'
      ? (await import('./drift')).readDrift(pathOf(dir), { bundled, known }, host.world)
      : undefined;
  const registered = vscode.Disposable.from(
    sides,
    changed,
    watchFiles(() => changed.fire()),
    registerCommand('servicewright.services.update', host.world.log, async (args?: unknown) => {
      const { updateService } = await import('./update-flow');
      return updateService({ ...host, known }, sides, readUpdateArgs(args));
    }),
    registerCommand('servicewright.services.checkUpdates', host.world.log, async () => {
      const { checkUpdates } = await import('./check-updates');
      const checked = await checkUpdates(host, known);
      changed.fire();
      return checked;
    }),
    registerCommand('servicewright.services.compare', host.world.log, async (args?: unknown) => {
      const { dir, path } = readUpdateArgs(args);
      if (dir === undefined || path === undefined) return;
      const { compareFile } = await import('./drift');
      await compareFile({ dir, path }, sides, { ...host, bundled });
    }),
  );
  return {
    details: {
      onDidChange: changed.event,
      summary: async (dir) => {
        const found = await drift(dir);
        return found && (await import('./drift-rows')).summaryOf(found);
      },
      rows: async (dir) => {
        const found = await drift(dir);
        return found ? (await import('./drift-rows')).rowsOf(pathOf(dir), found) : [];
      },
    },
    dispose: () => registered.dispose(),
  };
}

/** Files that change in this window; what others change is seen when the view is refreshed. */
function watchFiles(listener: () => void): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.workspace.onDidSaveTextDocument(listener),
    vscode.workspace.onDidCreateFiles(listener),
    vscode.workspace.onDidDeleteFiles(listener),
    vscode.workspace.onDidRenameFiles(listener),
  );
}
