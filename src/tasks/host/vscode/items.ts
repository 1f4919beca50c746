/** How each row of the *Tasks* view looks. */
import * as vscode from 'vscode';
import type { CommandId } from '../../../base/commands';
import { basename } from '../../../base/paths';
import { duration } from '../../../base/text';
import type { Group, TaskNode } from './nodes';
import type { Pins } from './pins';
import type { Run, Runs } from './runs';
import { keyOf } from './runs';
import type { Target } from './targets';

type NodeOf<K extends TaskNode['kind']> = Extract<TaskNode, { kind: K }>;

export function itemOf(node: TaskNode, runs: Runs, pins: Pins): vscode.TreeItem {
  switch (node.kind) {
    case 'target':
      return targetItem(node, runs, pins);
    case 'unresolved':
      return unresolvedItem(node);
    case 'group':
      return groupItem(node.group);
    case 'file':
      return fileItem(node);
  }
}

const { Collapsed, Expanded } = vscode.TreeItemCollapsibleState;

function fileItem({ entry, isOpen }: NodeOf<'file'>): vscode.TreeItem {
  const item = new vscode.TreeItem(vscode.workspace.asRelativePath(entry.uri), isOpen ? Expanded : Collapsed);
  item.id = `file ${entry.uri.toString()}`;
  item.contextValue = 'file';
  item.iconPath = vscode.ThemeIcon.File;
  item.resourceUri = entry.uri;
  return item;
}

function groupItem({ id, label, icon, isOpen, children, context }: Group): vscode.TreeItem {
  const item = new vscode.TreeItem(label, isOpen ? Expanded : Collapsed);
  item.id = `group ${id}`;
  item.contextValue = context;
  item.iconPath = new vscode.ThemeIcon(icon);
  if (!isOpen) item.description = String(children.length);
  return item;
}

function unresolvedItem({ found, one }: NodeOf<'unresolved'>): vscode.TreeItem {
  const { start } = one.range;
  const { uri, source } = found.entry;
  const item = new vscode.TreeItem(one.name);
  item.id = `unresolved ${uri.toString()} ${one.file} ${start.line} ${one.name}`;
  item.contextValue = 'unresolved';
  item.iconPath = new vscode.ThemeIcon('question');
  item.description = `line ${start.line + 1}${one.file === uri.path ? '' : ` of ${basename(one.file)}`}`;
  item.tooltip = `Its names come from a command, which is not run to list targets. Ask ${source.title} with “List Every Target”.`;
  const selection = new vscode.Range(start.line, start.character, start.line, start.character);
  item.command = {
    command: 'vscode.open',
    title: 'Open',
    arguments: [uri.with({ path: one.file }), { selection }],
  };
  return item;
}

const reveal: CommandId = 'servicewright.tasks.reveal';

function targetItem(node: NodeOf<'target'>, runs: Runs, pins: Pins): vscode.TreeItem {
  const { found, task } = node.target;
  const key = keyOf(found.entry, task.name);
  const run = runs.of(key);
  const item = new vscode.TreeItem(task.name);
  item.id = `${node.isPinnedRow === true ? 'pinned' : 'target'} ${found.entry.uri.toString()} ${task.name}`;
  item.contextValue = contextOf(run, pins.has(key));
  item.iconPath = iconOf(run);
  const from = node.isPinnedRow === true ? vscode.workspace.asRelativePath(found.entry.uri) : '';
  const parts = [stateOf(run), from, task.description ?? ''];
  item.description = parts.filter((text) => text !== '').join(' · ');
  item.tooltip = tooltipOf(node.target);
  item.command = { command: reveal, title: 'Go to Target', arguments: [node] };
  return item;
}

/** What the menus look at: `target`, then `running` or `ran`, then `pinned`. */
function contextOf(run: Run | undefined, isPinned: boolean): string {
  const state = run?.state === 'running' ? 'running' : run && 'ran';
  return ['target', state, isPinned ? 'pinned' : undefined].filter((word) => word !== undefined).join(' ');
}

function stateOf(run: Run | undefined): string {
  if (!run) return '';
  if (run.state === 'running') return 'running';
  return run.state === 'stopped' ? 'stopped' : duration(run.seconds);
}

function iconOf(run: Run | undefined): vscode.ThemeIcon {
  switch (run?.state) {
    case 'running':
      return new vscode.ThemeIcon('loading~spin');
    case 'done':
      return new vscode.ThemeIcon('pass', new vscode.ThemeColor('testing.iconPassed'));
    case 'failed':
      return new vscode.ThemeIcon('error', new vscode.ThemeColor('testing.iconFailed'));
    case 'stopped':
      return new vscode.ThemeIcon('circle-slash', new vscode.ThemeColor('testing.iconSkipped'));
    case undefined:
      return new vscode.ThemeIcon('symbol-event');
  }
}

/** Name, what it does, what it needs, its recipe; the hover in the file shows the same. */
export function tooltipOf({ found, task }: Target): vscode.MarkdownString {
  const text = new vscode.MarkdownString(`**${escape(task.name)}**`);
  if (task.isDefault) text.appendMarkdown(` — what a plain \`${found.entry.source.title}\` runs`);
  if (task.description !== undefined) text.appendMarkdown('\n\n').appendText(task.description);
  const needs = task.prerequisites;
  if (needs.length > 0) {
    const more = needs.length > 20 ? `, and ${needs.length - 20} more` : '';
    text.appendMarkdown('\n\nNeeds: ').appendText(needs.slice(0, 20).join(', ') + more);
  }
  if (task.recipe.length > 0) {
    const more = task.recipe.length > 12 ? '\n…' : '';
    text.appendCodeblock(task.recipe.slice(0, 12).join('\n') + more, 'shellscript');
  }
  return text;
}

function escape(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]()#+\-.!|<>~]/g, '\\$&');
}
