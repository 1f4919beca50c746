import * as vscode from 'vscode';
import { programMissing } from '../../errors';
import type { TasksHost } from '../vscode';
import type { Parts } from './commands';
import type { Entry } from './entries';
import { itemOf } from './items';
import type { TaskNode } from './nodes';
import { childNodes, rootNodes } from './nodes';
import { keyOf } from './runs';

/** Makefiles, justfiles and Taskfiles, their sections, their targets. */
export function registerTree({ host, targets, runs, pins }: Parts): vscode.Disposable {
  const changed = new vscode.EventEmitter<TaskNode[] | undefined>();
  const rows = createRows();
  const view: vscode.TreeView<TaskNode> = vscode.window.createTreeView<TaskNode>('servicewright.tasks', {
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      async getChildren(node) {
        if (node) return [...(await childNodes(node, targets))];
        await showMessage(view, host, await targets.entries());
        return [...(await rootNodes(targets, pins))];
      },
      getTreeItem(node) {
        rows.add(node);
        return itemOf(node, runs, pins);
      },
    },
    showCollapseAll: true,
  });
  const refresh = (): void => {
    rows.clear();
    changed.fire(undefined);
  };
  return vscode.Disposable.from(
    view,
    changed,
    targets.onDidChange(refresh),
    // Only the rows of that target: a click on another one while all are made again would come without its row.
    runs.onDidChange((key) => changed.fire([...rows.of(key)])),
    pins.onDidChange(refresh),
    vscode.workspace.onDidGrantWorkspaceTrust(refresh),
  );
}

/** The rows of each target that are shown: its own, and the one among the pinned. */
interface Rows {
  add(node: TaskNode): void;
  of(key: string): readonly TaskNode[];
  clear(): void;
}

function createRows(): Rows {
  const rows = new Map<string, { own?: TaskNode; pinned?: TaskNode }>();
  return {
    add(node) {
      if (node.kind !== 'target') return;
      const key = keyOf(node.target.found.entry, node.target.task.name);
      rows.set(key, { ...rows.get(key), [node.isPinnedRow === true ? 'pinned' : 'own']: node });
    },
    of: (key) => Object.values(rows.get(key) ?? {}),
    clear: () => rows.clear(),
  };
}

/** One line when targets can be seen but not run. */
async function showMessage(
  view: vscode.TreeView<TaskNode>,
  host: TasksHost,
  entries: readonly Entry[],
): Promise<void> {
  const message = entries.length === 0 ? undefined : await whyNotRun(host, entries);
  if (message === undefined) delete view.message;
  else view.message = message;
}

async function whyNotRun(
  { world, settings, machine }: TasksHost,
  entries: readonly Entry[],
): Promise<string | undefined> {
  if (!vscode.workspace.isTrusted) return 'Restricted Mode: targets are listed; nothing is run.';
  const lines: string[] = [];
  for (const source of new Set(entries.map((entry) => entry.source))) {
    const [program = source.title] = settings.get(source.setting);
    const isThere = program.includes('/') || (await world.processes.find(program)) !== undefined;
    if (!isThere) lines.push(programMissing(program, machine.platform).message);
  }
  return lines.length === 0 ? undefined : lines.join('\n');
}
