import * as vscode from 'vscode';
import { count } from '../../../base/text';
import type { Decision } from '../../create';
import { planService } from '../../create';
import type { FileChange } from '../../plan';
import type { ToolState } from '../../tools';
import { checkTools } from '../../tools';
import { dress, shown, wizardTitle } from './quick';
import type { Choice, Reply, Step, Wizard } from './wizard';

interface Item extends vscode.QuickPickItem {
  readonly file?: FileChange;
  /** What the row decides about every conflict, or that it writes the files. */
  readonly does?: Decision | 'create';
}

type Decisions = ReadonlyMap<string, Decision>;

/**
 * Shows every file that will be written and what is missing on this machine; choosing a file shows its content, choosing one that stands
 * there otherwise decides about it, the first row writes them. Gives the decisions. Throws what stands in the way.
 */
export async function confirmFiles(choice: Choice, wizard: Wizard, step: Step): Promise<Reply<Decisions>> {
  const { files, obstacle } = await planService(choice.template, choice.dir, choice.answers, wizard.world);
  if (obstacle) throw obstacle;
  const signal = new AbortController().signal;
  const tools = wizard.isTrusted
    ? await checkTools(choice.template.constraints, { ...wizard.world, signal })
    : [];
  const decisions = new Map(choice.decisions);
  const pick = vscode.window.createQuickPick<Item>();
  dress(pick, step);
  pick.title = `${wizardTitle}: ${count(files.length, 'file')} in ${choice.dir}`;
  const draw = (active?: FileChange): void => {
    pick.items = itemsFor(files, decisions, { dir: choice.dir, tools });
    if (active) pick.activeItems = pick.items.filter((item) => item.file === active);
    pick.placeholder = hintFor(files, decisions);
  };
  draw();
  return shown(pick, (settle) => [
    pick.onDidTriggerButton(() => settle('back')),
    pick.onDidTriggerItemButton(({ item }) => look(item.file, choice.dir, wizard)),
    pick.onDidAccept(() => {
      const chosen = pick.selectedItems[0];
      if (chosen?.does === 'create') settle({ value: decisions });
      else if (chosen?.does !== undefined) {
        for (const { path } of conflictsIn(files)) decisions.set(path, chosen.does);
        draw();
      } else if (chosen?.file?.kind === 'conflict') {
        const { path } = chosen.file;
        decisions.set(path, decisions.get(path) === 'keep' ? 'overwrite' : 'keep');
        draw(chosen.file);
      } else look(chosen?.file, choice.dir, wizard);
    }),
  ]);
}

const conflictsIn = (files: readonly FileChange[]): readonly FileChange[] =>
  files.filter((file) => file.kind === 'conflict');

const openIn = (files: readonly FileChange[], decisions: Decisions): number =>
  conflictsIn(files).filter((file) => !decisions.has(file.path)).length;

function look(file: FileChange | undefined, dir: string, wizard: Wizard): void {
  if (!file) return;
  const stands = file.kind === 'conflict' || file.kind === 'merge';
  const shows = stands ? wizard.compareFile(dir, file) : wizard.showFile(dir, file);
  shows.catch((error: unknown) => wizard.world.log.error('Preview', error));
}

function hintFor(files: readonly FileChange[], decisions: Decisions): string {
  const open = openIn(files, decisions);
  return open === 0
    ? 'Press Enter to create, or choose a file to look at it first'
    : `Different from yours: ${count(open, 'file')}. Keep yours, or take the template's?`;
}

function itemsFor(
  files: readonly FileChange[],
  decisions: Decisions,
  { dir, tools }: { readonly dir: string; readonly tools: readonly ToolState[] },
): readonly Item[] {
  const conflicts = conflictsIn(files);
  const kept = conflicts.filter((file) => decisions.get(file.path) === 'keep');
  const written = files.filter((file) => file.kind !== 'same' && !kept.includes(file));
  const create: Item = {
    label: `$(check) Create ${count(written.length, 'file')}`,
    description: `in ${dir}`,
    alwaysShow: true,
    does: 'create',
  };
  const all: readonly Item[] = [
    { label: '$(archive) Keep all of mine', does: 'keep' },
    { label: "$(replace-all) Take all of the template's", does: 'overwrite' },
  ];
  const others = files.filter((file) => file.kind !== 'conflict');
  return [
    ...(openIn(files, decisions) === 0 ? [create] : []),
    ...tools
      .filter(({ state }) => state !== 'met')
      .map(({ message }) => ({ label: `$(warning) ${message}` })),
    ...(conflicts.length === 0 ? [] : [separator('Different from yours'), ...all]),
    ...conflicts.map((file) => conflictRow(file, decisions.get(file.path))),
    separator('Files'),
    ...others.map(rowOf),
  ];
}

const separator = (label: string): Item => ({ label, kind: vscode.QuickPickItemKind.Separator });

function conflictRow(file: FileChange, decision: Decision | undefined): Item {
  const said = { keep: 'keep mine', overwrite: "take the template's" };
  return {
    label: `$(${decision === undefined ? 'question' : 'check'}) ${file.path}`,
    description: decision === undefined ? 'to decide' : said[decision],
    file,
    buttons: [{ iconPath: new vscode.ThemeIcon('diff'), tooltip: 'Compare with yours' }],
  };
}

const kinds = {
  create: '',
  same: ', the same is there',
  merge: ', its lines are added to yours',
  conflict: '',
};

function rowOf(file: FileChange): Item {
  const { length } = file.bytes;
  const size = length < 1000 ? `${length} B` : `${(length / 1000).toFixed(1)} kB`;
  return {
    label: `$(file) ${file.path}`,
    description: `${size}${kinds[file.kind]}`,
    file,
    buttons: [{ iconPath: new vscode.ThemeIcon('open-preview'), tooltip: 'Look at the file' }],
  };
}
