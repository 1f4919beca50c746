import * as vscode from 'vscode';
import type { CommandId } from '../../../base/commands';
import { basename, join } from '../../../base/paths';
import { count } from '../../../base/text';
import type { Drift, DriftFile } from '../../update';

/** A service's row, and the rows below it. */
export interface ServiceSummary {
  /** Beside the name. */
  readonly description: string;
  /** What menus ask for: `service-behind` or `service-current`. */
  readonly contextValue: string;
  readonly isBehind: boolean;
}

export function summaryOf({ record, newest, isBehind }: Drift): ServiceSummary {
  return {
    // A side bar is narrow: who is behind reads what is new, the others what they are.
    description: isBehind ? `${record.version} → ${newest}` : `${record.id} ${record.version}`,
    contextValue: isBehind ? 'service-behind' : 'service-current',
    isBehind,
  };
}

/** First how far the service is from its template, then the files that somebody edited or deleted. */
export function rowsOf(dir: string, drift: Drift): readonly vscode.TreeItem[] {
  const drifted = drift.files.filter((file) => file.state !== 'unchanged');
  const untouched = drift.files.length - drifted.length;
  return [
    versionRow(dir, drift),
    ...drifted.map((file) => fileRow(dir, file, drift)),
    ...untouchedRow(drift, untouched),
  ];
}

function versionRow(dir: string, { record, newest, isBehind }: Drift): vscode.TreeItem {
  const row = new vscode.TreeItem(`${record.id} ${record.version}`);
  row.id = `${dir} template`;
  if (!isBehind) {
    row.description = newest === undefined ? `from ${record.source}` : 'up to date';
    row.iconPath = new vscode.ThemeIcon(newest === undefined ? 'repo' : 'check');
    if (record.source.startsWith('git+'))
      row.tooltip = `${record.source}. Check for Template Updates asks it for newer versions.`;
    return row;
  }
  row.label = `${newest} available`;
  row.description = `from ${record.id} ${record.version}`;
  row.iconPath = new vscode.ThemeIcon('arrow-circle-up', new vscode.ThemeColor('charts.blue'));
  row.tooltip = `${record.id} ${record.version} → ${newest}. Click to see what the update would do, and to update.`;
  row.command = {
    command: 'servicewright.services.update' satisfies CommandId,
    title: 'Update',
    arguments: [{ dir }],
  };
  return row;
}

const looks = {
  edited: { icon: 'diff-modified', color: 'gitDecoration.modifiedResourceForeground' },
  deleted: { icon: 'diff-removed', color: 'gitDecoration.deletedResourceForeground' },
} as const;

function fileRow(dir: string, { path, state }: DriftFile, { record }: Drift): vscode.TreeItem {
  const row = new vscode.TreeItem(basename(path));
  row.id = `${dir} ${path}`;
  const folder = path.includes('/') ? ` · ${path.slice(0, path.lastIndexOf('/'))}` : '';
  row.description = `${state}${folder}`;
  row.tooltip = `${path} is ${state}. Click to compare it with what ${record.id} ${record.version} gave.`;
  const look = looks[state === 'deleted' ? 'deleted' : 'edited'];
  row.iconPath = new vscode.ThemeIcon(look.icon, new vscode.ThemeColor(look.color));
  row.resourceUri = vscode.Uri.file(join(dir, path));
  row.label = basename(path);
  row.command = {
    command: 'servicewright.services.compare' satisfies CommandId,
    title: 'Compare',
    arguments: [{ dir, path }],
  };
  return row;
}

function untouchedRow({ files }: Drift, untouched: number): readonly vscode.TreeItem[] {
  const isUnknown = files.length === 0;
  if (!isUnknown && untouched === 0) return [];
  const row = new vscode.TreeItem(
    isUnknown ? 'Edits are not known' : `${count(untouched, 'file')} unchanged`,
  );
  row.tooltip = isUnknown
    ? 'The service was made before hashes were recorded; after an update edited files are listed here.'
    : 'Managed files that are as the template gave them.';
  row.iconPath = new vscode.ThemeIcon(isUnknown ? 'info' : 'pass');
  return [row];
}
