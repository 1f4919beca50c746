import * as vscode from 'vscode';
import { basename } from '../../../base/paths';
import { count } from '../../../base/text';
import { signalOf } from '../../../platform/vscode/ui';
import { notSaved, notTrusted } from '../../errors/update';
import type { Shelf, UpdatePlan } from '../../update';
import { applyUpdate, changes, createShelf, planUpdate, recoverUpdate, startOf } from '../../update';
import { join } from '../../../base/paths';
import { slashed } from './args';
import type { KnownVersions } from './known-versions';
import { openConflicts } from './merge-editor';
import { keepBefore } from './update-backup';
import type { UpdateHost } from './update';
import type { UpdateArgs } from './update-args';
import type { Sides } from './update-documents';
import { confirmUpdate, summaryOf } from './update-preview';
import { askOpenInputs } from './update-questions';

/** What became of an update, for whoever ran the command. */
export interface Updated {
  readonly dir: string;
  readonly from: string;
  readonly to: string;
  readonly files: readonly { readonly path: string; readonly kind: string }[];
}

/** Updates a service: plan, preview, apply, settle. Throws a UserError, AbortError when the person leaves. */
export async function updateService(
  host: UpdateHost & { readonly known: KnownVersions },
  sides: Sides,
  args: UpdateArgs,
): Promise<Updated | undefined> {
  if (!vscode.workspace.isTrusted) throw notTrusted();
  const dir = args.dir ?? (await askService(host));
  if (dir === undefined || !(await saved(dir, args.yes === true))) return undefined;
  const title = `Updating ${basename(dir)}`;
  const said = await recoverUpdate(dir, host.world);
  if (said !== undefined) host.world.log.info(said);
  const options = args.yes === true ? args : await answered(host, dir, { args, title });
  const plan = await withProgress(title, async (signal) =>
    planUpdate(dir, shelfFor(host, dir, signal), options, host.world),
  );
  const { from, to } = plan;
  if (args.to === undefined && to.source.startsWith('git+')) await host.known.learn(to.source, to.version);
  if (changes(plan).length > 0 && args.yes !== true) await confirmUpdate(plan, sides);
  await keepBefore(plan, host.context.globalStorageUri, host.world.log);
  const left = await withProgress(title, async (signal) => applyUpdate(plan, { ...host.world, signal }));
  host.onUpdated(dir);
  await openConflicts(plan, sides, host.world.log);
  // Not awaited: the command is done when the files are written, not when somebody closes a message about them.
  void tell(plan, left);
  const files = plan.items.map(({ path, kind }) => ({ path, kind }));
  return { dir, from: from.version, to: to.version, files };
}

/** The arguments with an answer to each question that the new version asks and nothing answers. */
async function answered(
  host: UpdateHost,
  dir: string,
  { args, title }: { readonly args: UpdateArgs; readonly title: string },
): Promise<UpdateArgs> {
  const start = await withProgress(title, async (signal) =>
    startOf(dir, shelfFor(host, dir, signal), args, host.world),
  );
  const { id, version } = start.template;
  const set = await askOpenInputs(start, `${basename(dir)}: ${id} ${version}`);
  return { ...args, set: { ...args.set, ...set } };
}

function shelfFor(host: UpdateHost, dir: string, signal: AbortSignal): Shelf {
  const bundled = join(slashed(host.context.extensionPath), 'templates');
  return createShelf({ ...host.world, cache: host.cache, bundled }, { signal, base: dir });
}

async function withProgress<T>(title: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title, cancellable: true },
    (_progress, token) => work(signalOf(token)),
  );
}

async function askService(host: UpdateHost): Promise<string | undefined> {
  const services = (await host.services()).filter((one) => one.template !== undefined);
  if (services.length === 1) return services[0]?.dir;
  if (services.length === 0) {
    await vscode.window.showInformationMessage('No service in this workspace was made from a template.');
    return undefined;
  }
  const picked = await vscode.window.showQuickPick(
    services.map(({ dir, name, template }) => ({
      label: name,
      description: template ?? '',
      detail: dir,
      dir,
    })),
    { title: 'Update from Template', placeHolder: 'Which service?', matchOnDetail: true },
  );
  return picked?.dir;
}

/** An update reads and writes what is on disk; unsaved edits would be overwritten by their own save later. */
async function saved(dir: string, unasked: boolean): Promise<boolean> {
  const unsaved = vscode.workspace.textDocuments.filter(
    ({ isDirty, uri }) => isDirty && uri.scheme === 'file' && slashed(uri.fsPath).startsWith(`${dir}/`),
  );
  if (unsaved.length === 0) return true;
  const save = 'Save and Update';
  const picked = unasked
    ? save
    : await vscode.window.showWarningMessage(
        `${count(unsaved.length, 'file')} of ${basename(dir)} ${unsaved.length === 1 ? 'has' : 'have'} changes that are not saved.`,
        { modal: true },
        save,
      );
  if (picked !== save) return false;
  for (const document of unsaved) if (!(await document.save())) throw notSaved(document.uri.fsPath);
  return true;
}

const showChanges = 'Show Changes';

async function tell(plan: UpdatePlan, left: readonly string[]): Promise<void> {
  const { dir, from, to, edits } = plan;
  const name = basename(dir);
  if (edits.length === 0) {
    await vscode.window.showInformationMessage(`${name} is up to date with ${to.id} ${to.version}.`);
    return;
  }
  const conflicts = plan.items.filter((item) => item.kind === 'conflict').length;
  const what =
    from.version === to.version
      ? `is made anew from ${to.id} ${to.version}`
      : `is on ${to.id} ${to.version} now`;
  const stayed = left.length === 0 ? '' : ` ${left.join(', ')} changed in that very moment and stayed.`;
  const message = `${name} ${what}: ${summaryOf(plan)}.${stayed}`;
  const show = conflicts > 0 ? vscode.window.showWarningMessage : vscode.window.showInformationMessage;
  if ((await show(message, showChanges)) === showChanges)
    await vscode.commands.executeCommand('workbench.view.scm');
}
