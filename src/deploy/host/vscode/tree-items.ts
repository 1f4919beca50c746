import * as vscode from 'vscode';
import { duration } from '../../../base/text';
import type { Process } from '../../provider';
import type { DeployRecord } from '../../records';
import type { Release } from '../../release';
import type { DeployNode } from './nodes';
import type { Choice } from './selection';

const { Collapsed, Expanded, None } = vscode.TreeItemCollapsibleState;

/** The row of a node. */
export function itemOf(node: DeployNode): vscode.TreeItem {
  switch (node.kind) {
    case 'environment':
      return environmentItem(node);
    case 'process':
      return processItem(node.choice, node.process);
    case 'releases':
      return groupItem(node.choice, 'releases', 'Releases', 'history');
    case 'release':
      return releaseItem(node);
    case 'variables':
      return groupItem(node.choice, 'variables', 'Config', 'symbol-variable');
    case 'variable':
      return variableItem(node.choice, node.key);
    case 'domains':
      return groupItem(node.choice, 'domains', 'Domains', 'globe');
    case 'domain': {
      const item = new vscode.TreeItem(node.hostname);
      item.id = idOf(node.choice, 'domain', node.hostname);
      item.contextValue = 'domain';
      return item;
    }
    case 'problem': {
      const item = new vscode.TreeItem(node.message);
      item.tooltip = node.message;
      item.iconPath = new vscode.ThemeIcon('warning');
      return item;
    }
  }
}

const idOf = ({ target }: Choice, ...below: readonly string[]): string =>
  [target.environment.name, target.dir, ...below].join(':');

function environmentItem({
  choice,
  status,
  problem,
}: Extract<DeployNode, { kind: 'environment' }>): vscode.TreeItem {
  const { target, provider } = choice;
  const label = `${target.app} → ${target.environment.name}`;
  const item = new vscode.TreeItem(label, problem === undefined ? Expanded : None);
  const live = status?.release !== undefined;
  item.id = idOf(choice);
  item.contextValue = [
    live ? 'environment-live' : 'environment-empty',
    ...(provider.scaling ? ['scales'] : []),
    ...(provider.maintenance ? ['maintains'] : []),
    ...(provider.runs ? ['runs'] : []),
    ...(provider.account ? ['account'] : []),
  ].join(' ');
  item.iconPath = new vscode.ThemeIcon(
    problem === undefined ? (live ? 'cloud' : 'circle-outline') : 'account',
  );
  item.description = problem ?? environmentText(status);
  item.tooltip = [label, target.environment.url ?? provider.title, item.description].join('\n');
  return item;
}

function environmentText(status: Extract<DeployNode, { kind: 'environment' }>['status']): string {
  if (status?.release === undefined) return 'not deployed yet';
  return [
    `v${status.release}`,
    ...(status.newest === undefined ? [] : [`(v${status.newest} is newer and does not run)`]),
    ...(status.maintenance === true ? ['maintenance'] : []),
    status.url ?? '',
  ]
    .filter((part) => part !== '')
    .join('  ');
}

function groupItem(choice: Choice, kind: string, label: string, icon: string): vscode.TreeItem {
  // What the button's service has stays in sight: who rolls back looks for a release.
  const item = new vscode.TreeItem(label, kind === 'releases' ? Expanded : Collapsed);
  item.id = idOf(choice, kind);
  item.contextValue = kind;
  item.iconPath = new vscode.ThemeIcon(icon);
  return item;
}

const goodStates = new Set(['up', 'running']);
const comingStates = new Set(['starting', 'pending', 'provisioning', 'activating']);

function processItem(choice: Choice, process: Process): vscode.TreeItem {
  const item = new vscode.TreeItem(process.name);
  item.id = idOf(choice, 'process', process.name, String(process.release ?? ''));
  item.contextValue = choice.provider.scaling ? 'process restarts' : 'process';
  item.iconPath = processIcon(process.state);
  item.description = [
    process.state,
    process.release === undefined ? '' : `v${process.release}`,
    process.size ?? '',
  ]
    .filter((part) => part !== '')
    .join(' · ');
  item.tooltip = process.since === '' ? process.state : `${process.state} since ${timeOf(process.since)}`;
  return item;
}

function processIcon(state: string): vscode.ThemeIcon {
  if (goodStates.has(state))
    return new vscode.ThemeIcon('pass-filled', new vscode.ThemeColor('testing.iconPassed'));
  if (comingStates.has(state)) return new vscode.ThemeIcon('clock');
  return new vscode.ThemeIcon('error', new vscode.ThemeColor('testing.iconFailed'));
}

const releaseIcons: Readonly<Record<Release['status'], string>> = {
  current: 'tag',
  old: 'history',
  failed: 'error',
};

function releaseItem({ choice, release, record }: Extract<DeployNode, { kind: 'release' }>): vscode.TreeItem {
  const item = new vscode.TreeItem(`v${release.version}`);
  item.id = idOf(choice, 'release', String(release.version));
  item.contextValue =
    release.status === 'old' && !release.eligible ? 'release-gone' : `release-${release.status}`;
  item.iconPath = new vscode.ThemeIcon(releaseIcons[release.status]);
  item.description = [
    release.status === 'old' ? '' : release.status,
    release.description,
    release.user ?? '',
    timeOf(release.createdAt),
  ]
    .filter((text) => text !== '')
    .join(' · ');
  const commit =
    release.commit === undefined
      ? ''
      : `commit ${release.commit}${release.dirty ? ' with local changes' : ''}`;
  item.tooltip = [item.description, commit, release.image ?? '', record ? recordText(record) : '']
    .filter((text) => text !== '')
    .join('\n');
  return item;
}

/** How the deploy went that made a release, as this machine saw it. */
function recordText({ kind, who, outcome, startedAt, endedAt }: DeployRecord): string {
  const what = kind === 'rollback' ? 'Rolled back' : 'Deployed';
  const by = who === undefined ? 'from this machine' : `from this machine by ${who}`;
  if (outcome === undefined || endedAt === undefined) return `${what} ${by}; its end was not heard.`;
  const seconds = (new Date(endedAt).getTime() - new Date(startedAt).getTime()) / 1000;
  return `${what} ${by} in ${duration(seconds)}: ${outcome}.`;
}

/** Its value is never in the view: it could be read over a shoulder, or in a screenshot. */
function variableItem(choice: Choice, key: string): vscode.TreeItem {
  const item = new vscode.TreeItem(key);
  item.id = idOf(choice, 'variable', key);
  item.contextValue = 'variable';
  item.iconPath = new vscode.ThemeIcon('key');
  item.description = '••••••';
  return item;
}

const timeOf = (iso: string): string => new Date(iso).toLocaleString();
