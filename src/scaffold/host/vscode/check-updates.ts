import * as vscode from 'vscode';
import { UserError } from '../../../base/errors';
import { join } from '../../../base/paths';
import { count } from '../../../base/text';
import { signalOf } from '../../../platform/vscode/ui';
import { notTrustedToAsk } from '../../errors/update';
import type { TemplateRecord } from '../../record';
import type { Shelf } from '../../update';
import { createShelf, recordOf } from '../../update';
import { compareVersions } from '../../version';
import { slashed } from './args';
import type { KnownVersions } from './known-versions';
import type { UpdateHost } from './update';

/** How a service stands, for whoever ran the command. */
export interface Checked {
  readonly dir: string;
  readonly version: string;
  /** Undefined where its template could not be asked. */
  readonly newest: string | undefined;
  readonly isBehind: boolean;
}

interface Service {
  readonly dir: string;
  readonly record: TemplateRecord;
}

/** Asks the templates of all services for their newest versions, those in git over the network. Throws UserError, AbortError. */
export async function checkUpdates(host: UpdateHost, known: KnownVersions): Promise<readonly Checked[]> {
  if (!vscode.workspace.isTrusted) throw notTrustedToAsk();
  const services = await recordedServices(host);
  const faults = new Set<string>();
  const checked = await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: 'Checking for template updates',
      cancellable: true,
    },
    async (_progress, token) => {
      const bundled = join(slashed(host.context.extensionPath), 'templates');
      const signal = signalOf(token);
      const ask = (service: Service): Promise<Checked> => {
        const world = { ...host.world, cache: host.cache, bundled };
        return checkOne(service, createShelf(world, { signal, base: service.dir }), faults);
      };
      return Promise.all(services.map(ask));
    },
  );
  for (const [at, { newest }] of checked.entries()) {
    const source = services[at]?.record.source;
    if (newest !== undefined && source?.startsWith('git+') === true) await known.learn(source, newest);
  }
  void tell(checked, [...faults]);
  return checked;
}

async function recordedServices(host: UpdateHost): Promise<readonly Service[]> {
  const found = (await host.services()).map(async ({ dir }) => {
    try {
      return [{ dir, record: (await recordOf(dir, host.world.files)).record }];
    } catch (error) {
      // Made without a template.
      if (error instanceof UserError) return [];
      throw error;
    }
  });
  return (await Promise.all(found)).flat();
}

async function checkOne({ dir, record }: Service, shelf: Shelf, faults: Set<string>): Promise<Checked> {
  const { version } = record;
  try {
    const newest = (await shelf.newest(record)).version;
    // The repository could not be reached, and what is in the cache was taken.
    for (const note of shelf.notes) faults.add(note);
    return { dir, version, newest, isBehind: compareVersions(newest, version) > 0 };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    faults.add(error.message);
    return { dir, version, newest: undefined, isBehind: false };
  }
}

async function tell(checked: readonly Checked[], faults: readonly string[]): Promise<void> {
  const behind = checked.filter((one) => one.isBehind).length;
  const show = 'Show Services';
  const says =
    behind === 0
      ? `${count(checked.length, 'service')} checked: none is known to be behind its template.`
      : `${count(behind, 'service')} of ${checked.length} can be updated.`;
  const message = [says, ...faults].join(' ');
  const tellBy = faults.length > 0 ? vscode.window.showWarningMessage : vscode.window.showInformationMessage;
  if ((await tellBy(message, ...(behind > 0 ? [show] : []))) === show)
    await vscode.commands.executeCommand('servicewright.services.focus');
}
