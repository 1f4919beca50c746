import * as vscode from 'vscode';
import { messageOf } from '../../../base/errors';
import type { Process, TargetStatus } from '../../provider';
import type { Release } from '../../release';
import type { Parts } from './parts';
import type { Choice } from './selection';

/** What the *Deployments* view shows. */
export type DeployNode =
  | { readonly kind: 'environment'; readonly choice: Choice; readonly status: TargetStatus | undefined }
  | { readonly kind: 'process'; readonly choice: Choice; readonly process: Process }
  | { readonly kind: 'release'; readonly choice: Choice; readonly release: Release }
  | { readonly kind: 'problem'; readonly message: string };

/** Each app in each environment with its processes and releases. Empty, so that the welcome text shows, until something was deployed. */
export function registerTree(parts: Parts): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  const provider: vscode.TreeDataProvider<DeployNode> = {
    onDidChangeTreeData: changed.event,
    getChildren: async (node) => [...(node ? await childrenOf(node) : await roots(parts))],
    getTreeItem: itemOf,
  };
  const refresh = (): void => changed.fire();
  return vscode.Disposable.from(
    changed,
    vscode.window.createTreeView('servicewright.deployments', { treeDataProvider: provider }),
    parts.deployments.onDidChange(refresh),
    parts.host.services.onDidChange(refresh),
  );
}

async function roots({ selection, deployments }: Parts): Promise<readonly DeployNode[]> {
  if (!vscode.workspace.isTrusted) return [];
  const nodes = await Promise.all(
    (await selection.all()).map(async (choice): Promise<readonly DeployNode[]> => {
      try {
        const status = await deployments.status(choice);
        const known = status !== undefined || deployments.running(choice) !== undefined;
        return known ? [{ kind: 'environment', choice, status }] : [];
      } catch (error) {
        return [{ kind: 'problem', message: messageOf(error) }];
      }
    }),
  );
  return nodes.flat();
}

async function childrenOf(node: DeployNode): Promise<readonly DeployNode[]> {
  if (node.kind !== 'environment') return [];
  const { choice, status } = node;
  const releases = await choice.provider.releases(choice.target, new AbortController().signal);
  return [
    ...(status?.processes ?? []).map((process): DeployNode => ({ kind: 'process', choice, process })),
    ...releases.map((release): DeployNode => ({ kind: 'release', choice, release })),
  ];
}

function itemOf(node: DeployNode): vscode.TreeItem {
  switch (node.kind) {
    case 'environment':
      return environmentItem(node.choice, node.status);
    case 'process':
      return processItem(node.choice, node.process);
    case 'release':
      return releaseItem(node.choice, node.release);
    case 'problem': {
      const item = new vscode.TreeItem(node.message);
      item.iconPath = new vscode.ThemeIcon('warning');
      return item;
    }
  }
}

const idOf = ({ target }: Choice, ...below: readonly string[]): string =>
  [target.environment.name, target.dir, ...below].join(':');

function environmentItem(choice: Choice, status: TargetStatus | undefined): vscode.TreeItem {
  const { target } = choice;
  const label = `${target.app} → ${target.environment.name}`;
  const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.Expanded);
  const live = status?.release !== undefined;
  item.id = idOf(choice);
  item.contextValue = live ? 'environment-live' : 'environment-empty';
  item.iconPath = new vscode.ThemeIcon(live ? 'cloud' : 'circle-outline');
  item.description = live ? `v${status.release}  ${status.url ?? ''}` : 'not deployed yet';
  return item;
}

function processItem(choice: Choice, process: Process): vscode.TreeItem {
  const item = new vscode.TreeItem(process.name);
  const up = process.state === 'up';
  item.id = idOf(choice, 'process', process.name);
  item.contextValue = 'process';
  item.iconPath = new vscode.ThemeIcon(
    up ? 'pass-filled' : 'error',
    new vscode.ThemeColor(up ? 'testing.iconPassed' : 'testing.iconFailed'),
  );
  item.description = process.state;
  item.tooltip = process.since === '' ? process.state : `${process.state} since ${timeOf(process.since)}`;
  return item;
}

const releaseIcons: Readonly<Record<Release['status'], string>> = {
  current: 'tag',
  old: 'history',
  failed: 'error',
};

function releaseItem(choice: Choice, release: Release): vscode.TreeItem {
  const item = new vscode.TreeItem(`v${release.version}`);
  item.id = idOf(choice, 'release', String(release.version));
  item.contextValue =
    release.status === 'old' && !release.eligible ? 'release-gone' : `release-${release.status}`;
  item.iconPath = new vscode.ThemeIcon(releaseIcons[release.status]);
  item.description = [
    release.status === 'old' ? '' : release.status,
    release.description,
    timeOf(release.createdAt),
  ]
    .filter((text) => text !== '')
    .join(' · ');
  const commit =
    release.commit === undefined
      ? ''
      : `commit ${release.commit}${release.dirty ? ' with local changes' : ''}`;
  item.tooltip = [item.description, commit].filter((text) => text !== '').join('\n');
  return item;
}

const timeOf = (iso: string): string => new Date(iso).toLocaleString();
