import * as vscode from 'vscode';
import type { CommandId } from '../../../base/commands';
import { dirname, join } from '../../../base/paths';
import { fencedCommands } from '../../fences';
import type { FencedCommand } from '../../fences';
import type { Entry } from './entries';
import type { Target, Targets } from './targets';

const run: CommandId = 'servicewright.tasks.run';

/** *Run* on the lines of a README's code that run a target of this folder, or of one above it. */
export async function fencesIn(
  document: vscode.TextDocument,
  targets: Targets,
): Promise<readonly vscode.CodeLens[]> {
  const commands = fencedCommands(document.getText());
  if (commands.length === 0) return [];
  const entries = await targets.entries();
  const lenses = await Promise.all(commands.map((one) => lensFor(one, document.uri, entries, targets)));
  return lenses.filter((one) => one !== undefined);
}

async function lensFor(
  command: FencedCommand,
  { path, scheme }: vscode.Uri,
  entries: readonly Entry[],
  targets: Targets,
): Promise<vscode.CodeLens | undefined> {
  const folder = join(dirname(path), command.directory ?? '.');
  const entry = nearest(entries, command, folder, scheme);
  const found = entry && (await targets.read(entry));
  if (!found) return undefined;
  const { line, start, end, target: name, args } = command;
  const task = found.list.tasks.find((one) => one.name === name);
  const pattern = found.list.accepts(name) ? found.list.patterns[0] : undefined;
  const chosen = task ?? (pattern && { ...pattern, name });
  if (!chosen) return undefined;
  const target: Target = { found, task: chosen };
  return new vscode.CodeLens(new vscode.Range(line, start, line, end), {
    command: run,
    title: `$(play) Run ${[name, ...args].join(' ')}`,
    arguments: [{ target, args }],
  });
}

/** The tool's file in the folder itself; without `-C` also in the folders above. */
function nearest(
  entries: readonly Entry[],
  { source, directory }: FencedCommand,
  folder: string,
  scheme: string,
): Entry | undefined {
  for (let dir = folder; ; dir = dirname(dir)) {
    const found = entries.find(
      (one) => one.source.id === source && one.uri.scheme === scheme && dirname(one.uri.path) === dir,
    );
    if (found || directory !== undefined || dir === '/') return found;
  }
}
