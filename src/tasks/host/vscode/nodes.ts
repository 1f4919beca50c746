/** The rows of the *Tasks* view: files, their sections, their targets. */
import type { Task, Unresolved } from '../../task';
import type { Entry } from './entries';
import type { Pins } from './pins';
import { keyOf } from './runs';
import type { FoundList, Target, Targets } from './targets';

export type TaskNode =
  | { readonly kind: 'file'; readonly entry: Entry; readonly isOpen: boolean }
  | { readonly kind: 'group'; readonly group: Group; readonly found?: FoundList }
  | { readonly kind: 'target'; readonly target: Target; readonly isPinnedRow?: boolean }
  | { readonly kind: 'unresolved'; readonly found: FoundList; readonly one: Unresolved };

export interface Group {
  /** Tells it from the other groups of the view. */
  readonly id: string;
  readonly label: string;
  readonly icon: string;
  readonly isOpen: boolean;
  readonly children: readonly TaskNode[];
  readonly context: 'group' | 'group-unresolved';
}

/** With more files than this their rows start closed, and are read when they are opened. */
const mostOpen = 5;

/** With one file its targets stand at the root. Pinned targets come first. */
export async function rootNodes(targets: Targets, pins: Pins): Promise<readonly TaskNode[]> {
  const entries = await targets.entries();
  const pinned = await pinnedNodes(entries, targets, pins);
  const [only] = entries;
  const isOpen = entries.length <= mostOpen;
  const files =
    only && entries.length === 1
      ? await fileNodes(only, targets)
      : entries.map((entry): TaskNode => ({ kind: 'file', entry, isOpen }));
  if (pinned.length === 0) return files;
  const group: Group = {
    id: 'pinned',
    label: 'Pinned',
    icon: 'pinned',
    isOpen: true,
    children: pinned,
    context: 'group',
  };
  return [{ kind: 'group', group }, ...files];
}

export async function childNodes(node: TaskNode, targets: Targets): Promise<readonly TaskNode[]> {
  if (node.kind === 'group') return node.group.children;
  return node.kind === 'file' ? fileNodes(node.entry, targets) : [];
}

/** Only files that hold a pinned target are read. */
async function pinnedNodes(
  entries: readonly Entry[],
  targets: Targets,
  pins: Pins,
): Promise<readonly TaskNode[]> {
  const { keys } = pins;
  if (keys.length === 0) return [];
  const holding = entries.filter((entry) => keys.some((key) => key.startsWith(keyOf(entry, ''))));
  const lists = await Promise.all(holding.map((entry) => targets.read(entry)));
  const byKey = new Map<string, Target>();
  for (const found of lists)
    for (const task of found?.list.tasks ?? [])
      if (found) byKey.set(keyOf(found.entry, task.name), { found, task });
  return keys.flatMap((key) => {
    const target = byKey.get(key);
    return target ? [{ kind: 'target', target, isPinnedRow: true } as const] : [];
  });
}

async function fileNodes(entry: Entry, targets: Targets): Promise<readonly TaskNode[]> {
  const found = await targets.read(entry);
  return found ? inFile(found) : [];
}

/** Actions without a section, the sections, then what is asked for less often: files to be made, names that only the tool knows. */
function inFile(found: FoundList): readonly TaskNode[] {
  const { tasks, patterns, unresolved } = found.list;
  const nodes = (some: readonly Task[]): readonly TaskNode[] =>
    some.map((task) => ({ kind: 'target', target: { found, task } }));
  const actions = [...tasks, ...patterns].filter((task) => task.isAction);
  const sections = [...new Set(actions.flatMap((task) => task.section ?? []))];
  const group = (label: string, icon: string, children: readonly TaskNode[]): TaskNode => {
    const isOpen = icon === 'list-unordered';
    const context = icon === 'question' ? 'group-unresolved' : 'group';
    const id = `${found.entry.uri.toString()} ${icon} ${label}`;
    return { kind: 'group', found, group: { id, label, icon, isOpen, children, context } };
  };
  const files = nodes(tasks.filter((task) => !task.isAction));
  const dynamic = unresolved.map((one): TaskNode => ({ kind: 'unresolved', found, one }));
  const { title } = found.entry.source;
  return [
    ...nodes(actions.filter((task) => task.section === undefined)),
    ...sections.map((label) =>
      group(label, 'list-unordered', nodes(actions.filter((task) => task.section === label))),
    ),
    ...(files.length > 0 ? [group('Files', 'files', files)] : []),
    ...(dynamic.length > 0 ? [group(`Needs ${title} to list`, 'question', dynamic)] : []),
  ];
}
