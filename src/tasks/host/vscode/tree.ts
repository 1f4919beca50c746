import * as vscode from 'vscode';
import type { CommandId } from '../../../base/commands';
import { relative } from '../../../base/paths';
import { duration } from '../../../base/text';
import type { TasksHost } from '../vscode';
import { programMissing } from '../../errors';
import type { Task, Unresolved } from '../../task';
import type { Run, Runs } from './runs';
import { keyOf } from './runs';
import type { FoundList, Target, Targets } from './targets';

/** What the *Tasks* view shows. */
export type TaskNode =
  | { readonly kind: 'file'; readonly found: FoundList; readonly isOpen: boolean }
  | { readonly kind: 'group'; readonly group: Group }
  | { readonly kind: 'target'; readonly target: Target }
  | { readonly kind: 'unresolved'; readonly found: FoundList; readonly one: Unresolved };

interface Group {
  readonly found: FoundList;
  readonly label: string;
  readonly icon: string;
  readonly isOpen: boolean;
  readonly children: readonly TaskNode[];
}

/** With more Makefiles than this their rows start closed. */
const mostOpen = 5;

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
  const isOpen = lists.length <= mostOpen;
  const [only] = lists;
  if (only && lists.length === 1) return childrenOf({ kind: 'file', found: only, isOpen });
  return lists.map((found) => ({ kind: 'file', found, isOpen }));
}

/** One line when targets can be seen but not run. */
async function whyNotRun({ world, settings, machine }: TasksHost): Promise<string | undefined> {
  if (!vscode.workspace.isTrusted) return 'Restricted Mode: targets are listed; nothing is run.';
  const [program = 'make'] = settings.get('tasks.makeCommand');
  const found = program.includes('/') || (await world.processes.find(program)) !== undefined;
  return found ? undefined : programMissing(program, machine.platform).message;
}

function childrenOf(node: TaskNode): readonly TaskNode[] {
  if (node.kind === 'group') return node.group.children;
  return node.kind === 'file' ? inFile(node.found) : [];
}

/** Actions without a section, the sections, then what is asked for less often: files to be made, names that only make knows. */
function inFile(found: FoundList): readonly TaskNode[] {
  const { tasks, unresolved } = found.list;
  const nodes = (some: readonly Task[]): readonly TaskNode[] =>
    some.map((task) => ({ kind: 'target', target: { found, task } }));
  const actions = tasks.filter((task) => task.isAction);
  const sections = [...new Set(actions.flatMap((task) => task.section ?? []))];
  const group = (label: string, icon: string, isOpen: boolean, children: readonly TaskNode[]): TaskNode => ({
    kind: 'group',
    group: { found, label, icon, isOpen, children },
  });
  const files = nodes(tasks.filter((task) => !task.isAction));
  const dynamic = unresolved.map((one): TaskNode => ({ kind: 'unresolved', found, one }));
  return [
    ...nodes(actions.filter((task) => task.section === undefined)),
    ...sections.map((label) =>
      group(label, 'list-unordered', true, nodes(actions.filter((task) => task.section === label))),
    ),
    ...(files.length > 0 ? [group('Files', 'files', false, files)] : []),
    ...(dynamic.length > 0 ? [group('Needs make to list', 'question', false, dynamic)] : []),
  ];
}

function itemOf(node: TaskNode, runs: Runs): vscode.TreeItem {
  switch (node.kind) {
    case 'target':
      return targetItem(node, runs);
    case 'unresolved':
      return unresolvedItem(node);
    case 'group':
      return groupItem(node.group);
    case 'file':
      return fileItem(node);
  }
}

const { Collapsed, Expanded } = vscode.TreeItemCollapsibleState;

function fileItem({ found, isOpen }: Extract<TaskNode, { kind: 'file' }>): vscode.TreeItem {
  const label = vscode.workspace.asRelativePath(found.entry);
  const item = new vscode.TreeItem(label, isOpen ? Expanded : Collapsed);
  item.id = `file ${found.entry.toString()}`;
  item.contextValue = 'file';
  item.iconPath = vscode.ThemeIcon.File;
  item.resourceUri = found.entry;
  return item;
}

function groupItem({ found, label, icon, isOpen, children }: Group): vscode.TreeItem {
  const item = new vscode.TreeItem(label, isOpen ? Expanded : Collapsed);
  item.id = `group ${found.entry.toString()} ${label}`;
  item.contextValue = 'group';
  item.iconPath = new vscode.ThemeIcon(icon);
  if (!isOpen) item.description = String(children.length);
  return item;
}

function unresolvedItem({ found, one }: Extract<TaskNode, { kind: 'unresolved' }>): vscode.TreeItem {
  const { start } = one.range;
  const item = new vscode.TreeItem(one.name);
  item.id = `unresolved ${found.entry.toString()} ${one.file} ${start.line} ${one.name}`;
  item.contextValue = 'unresolved';
  item.iconPath = new vscode.ThemeIcon('question');
  item.description = `line ${start.line + 1}`;
  item.tooltip = 'Its names come from a command, which is not run to list targets.';
  const selection = new vscode.Range(start.line, start.character, start.line, start.character);
  item.command = {
    command: 'vscode.open',
    title: 'Open',
    arguments: [found.entry.with({ path: one.file }), { selection }],
  };
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
