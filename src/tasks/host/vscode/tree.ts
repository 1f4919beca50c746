import * as vscode from 'vscode';
import type { CommandId } from '../../../base/commands';
import { relative } from '../../../base/paths';
import { duration } from '../../../base/text';
import type { TasksHost } from '../vscode';
import type { Run, Runs } from './runs';
import { keyOf } from './runs';
import type { FoundList, Target, Targets } from './targets';

/** What the *Tasks* view shows. */
export type TaskNode =
  | { readonly kind: 'file'; readonly found: FoundList }
  | { readonly kind: 'section'; readonly found: FoundList; readonly section: string }
  | { readonly kind: 'target'; readonly target: Target };

/** Makefiles, their sections, their targets; with one Makefile its targets stand at the root. */
export function registerTree(host: TasksHost, targets: Targets, runs: Runs): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  const view: vscode.TreeView<TaskNode> = vscode.window.createTreeView<TaskNode>('servicewright.tasks', {
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getChildren: async (node) => [...(node ? childrenOf(node) : await roots(host, targets, view))],
      getTreeItem: (node) => itemOf(node, runs),
    },
    showCollapseAll: true,
  });
  const refresh = (): void => changed.fire();
  return vscode.Disposable.from(
    view,
    changed,
    targets.onDidChange(refresh),
    runs.onDidChange(refresh),
    vscode.workspace.onDidGrantWorkspaceTrust(refresh),
  );
}

async function roots(
  host: TasksHost,
  targets: Targets,
  view: vscode.TreeView<TaskNode>,
): Promise<readonly TaskNode[]> {
  const lists = await targets.lists();
  const message = lists.length === 0 ? undefined : await whyNotRun(host);
  if (message === undefined) delete view.message;
  else view.message = message;
  const [only] = lists;
  if (only && lists.length === 1) return childrenOf({ kind: 'file', found: only });
  return lists.map((found) => ({ kind: 'file', found }));
}

/** One line when targets can be seen but not run. */
async function whyNotRun({ world, settings }: TasksHost): Promise<string | undefined> {
  if (!vscode.workspace.isTrusted) return 'Restricted Mode: targets are listed; nothing is run.';
  const [program = 'make'] = settings.get('tasks.makeCommand');
  const found = program.includes('/') || (await world.processes.find(program)) !== undefined;
  return found ? undefined : `${program} is not on the PATH: targets are listed, but can’t be run.`;
}

function childrenOf(node: TaskNode): readonly TaskNode[] {
  if (node.kind === 'target') return [];
  const { found } = node;
  const shown = found.list.tasks.filter((task) => task.isAction);
  const inSection = (section: string | undefined): readonly TaskNode[] =>
    shown
      .filter((task) => task.section === section)
      .map((task) => ({ kind: 'target', target: { found, task } }));
  if (node.kind === 'section') return inSection(node.section);
  const sections = [...new Set(shown.flatMap((task) => task.section ?? []))];
  return [
    ...inSection(undefined),
    ...sections.map((section): TaskNode => ({ kind: 'section', found, section })),
  ];
}

function itemOf(node: TaskNode, runs: Runs): vscode.TreeItem {
  if (node.kind === 'target') return targetItem(node, runs);
  const { found } = node;
  const file = vscode.workspace.asRelativePath(found.entry);
  const label = node.kind === 'file' ? file : node.section;
  const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.Expanded);
  item.id = `${node.kind} ${found.entry.toString()} ${label}`;
  item.contextValue = node.kind;
  item.iconPath = node.kind === 'file' ? vscode.ThemeIcon.File : new vscode.ThemeIcon('list-unordered');
  if (node.kind === 'file') item.resourceUri = found.entry;
  return item;
}

const reveal: CommandId = 'servicewright.tasks.reveal';

function targetItem(node: Extract<TaskNode, { kind: 'target' }>, runs: Runs): vscode.TreeItem {
  const { found, task } = node.target;
  const file = relative(found.folder.uri.path, found.entry.path);
  const run = runs.of(keyOf(found.folder, found.source.files.includes(file) ? '' : file, task.name));
  const item = new vscode.TreeItem(task.name);
  item.id = `target ${found.entry.toString()} ${task.name}`;
  item.contextValue = 'target';
  item.iconPath = iconOf(run);
  const last = run === undefined || run.state === 'running' ? '' : duration(run.seconds);
  item.description = [last, task.description ?? ''].filter((text) => text !== '').join(' · ');
  item.tooltip = tooltipOf(node.target);
  item.command = { command: reveal, title: 'Go to Target', arguments: [node] };
  return item;
}

function iconOf(run: Run | undefined): vscode.ThemeIcon {
  switch (run?.state) {
    case 'running':
      return new vscode.ThemeIcon('loading~spin');
    case 'done':
      return new vscode.ThemeIcon('pass', new vscode.ThemeColor('testing.iconPassed'));
    case 'failed':
      return new vscode.ThemeIcon('error', new vscode.ThemeColor('testing.iconFailed'));
    case undefined:
      return new vscode.ThemeIcon('symbol-event');
  }
}

function tooltipOf({ task }: Target): vscode.MarkdownString {
  const text = new vscode.MarkdownString(`**${task.name}**`);
  if (task.description !== undefined) text.appendMarkdown('\n\n').appendText(task.description);
  if (task.prerequisites.length > 0)
    text.appendMarkdown('\n\nNeeds: ').appendText(task.prerequisites.slice(0, 20).join(', '));
  if (task.recipe.length > 0) text.appendCodeblock(task.recipe.slice(0, 12).join('\n'), 'shellscript');
  return text;
}
