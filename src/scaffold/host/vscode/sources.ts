import * as vscode from 'vscode';
import { join } from '../../../base/paths';
import { signalOf } from '../../../platform/vscode/ui';
import type { Offer, ResolveOptions, Resolved, SourceWorld } from '../../sources/resolve';
import { listAll, listTemplates, resolveTemplate } from '../../sources/resolve';
import type { ScaffoldHost } from '../vscode';
import { slashed } from './args';

/**
 * The extension's templates and those that the team keeps in its settings; one that can't be read is an offer with its error. While the
 * team's are fetched a notification says so; its Cancel goes on without them.
 */
export async function offeredTemplates(host: ScaffoldHost): Promise<readonly Offer[]> {
  const own = await listTemplates('', sourceWorld(host), optionsOf(host, new AbortController().signal));
  const texts = host.settings.get('scaffold.templates').filter((text) => text.trim() !== '');
  if (texts.length === 0) return own;
  const team = await fetching("Reading the team's templates", (signal) =>
    listAll(texts, sourceWorld(host), optionsOf(host, signal)).catch((error: unknown): readonly Offer[] => {
      if (signal.aborted) return [];
      throw error;
    }),
  );
  return [...own, ...team];
}

/** One template by its id or source. Throws as `resolveTemplate` does. */
export async function templateNamed(host: ScaffoldHost, text: string): Promise<Resolved> {
  return fetching(`Reading the template ${text}`, (signal) =>
    resolveTemplate(text, sourceWorld(host), optionsOf(host, signal)),
  );
}

/** The templates that can be used, and what became of the others in sentences. */
export function sorted(offers: readonly Offer[]): {
  readonly templates: readonly Resolved[];
  readonly unreadable: readonly Extract<Offer, { readonly error: unknown }>[];
} {
  return {
    templates: offers.flatMap((one) => ('template' in one ? one : [])),
    unreadable: offers.flatMap((one) => ('error' in one ? one : [])),
  };
}

/** Says what could not be read, for faces that have no place for it. */
export function warnOf(offers: readonly Offer[], host: ScaffoldHost): void {
  const { templates, unreadable } = sorted(offers);
  for (const { error } of unreadable) {
    host.world.log.warn([`${error.code}: ${error.message}`, ...error.lines].join('\n'));
    void vscode.window.showWarningMessage(error.message);
  }
  for (const note of templates.flatMap((one) => one.notes)) host.world.log.warn(note);
}

function sourceWorld(host: ScaffoldHost): SourceWorld {
  const { files, trees, processes, log } = host.world;
  const bundled = join(slashed(host.context.extensionPath), 'templates');
  return { files, trees, processes, log, cache: host.cache, bundled };
}

/** Relative folders in settings are those of the first open folder. */
function optionsOf(host: ScaffoldHost, signal: AbortSignal): ResolveOptions {
  const [folder] = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
  const base = folder === undefined ? {} : { base: slashed(folder.uri.fsPath) };
  return { signal, home: slashed(host.homeDir), ...base };
}

function fetching<T>(title: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  return Promise.resolve(
    vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title, cancellable: true },
      (_progress, token) => work(signalOf(token)),
    ),
  );
}
