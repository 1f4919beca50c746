import * as vscode from 'vscode';
import type { FileKind, Files } from '../../base/ports';

/** The text of a file of any scheme (virtual workspaces too), from the open editor when it is there; undefined when absent. */
export async function readUri(uri: vscode.Uri): Promise<string | undefined> {
  const open = vscode.workspace.textDocuments.find((doc) => doc.uri.toString() === uri.toString());
  if (open) return open.getText();
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') return undefined;
    throw error;
  }
}

const kinds: readonly (readonly [vscode.FileType, FileKind])[] = [
  [vscode.FileType.SymbolicLink, 'symlink'],
  [vscode.FileType.Directory, 'directory'],
  [vscode.FileType.File, 'file'],
];

const kindOf = (type: vscode.FileType): FileKind => kinds.find(([bit]) => (type & bit) !== 0)?.[1] ?? 'other';

async function orUndefined<T>(work: Thenable<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof vscode.FileSystemError) return undefined;
    throw error;
  }
}

/** The Files port on the file system that holds `near`, whatever its scheme; paths are those of its URIs. */
export function filesOf(near: vscode.Uri): Files {
  const uri = (path: string): vscode.Uri => near.with({ path });
  return {
    readText: (path) => readUri(uri(path)),
    readBytes: (path) => orUndefined(vscode.workspace.fs.readFile(uri(path))),
    async list(dir) {
      const entries = (await orUndefined(vscode.workspace.fs.readDirectory(uri(dir)))) ?? [];
      return entries
        .map(([name, type]) => ({ name, kind: kindOf(type) }))
        .sort((a, b) => (a.name < b.name ? -1 : 1));
    },
    async kind(path) {
      const stat = await orUndefined(vscode.workspace.fs.stat(uri(path)));
      return stat && kindOf(stat.type);
    },
    isExecutable: () => Promise.resolve(false),
  };
}
