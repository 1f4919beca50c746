import * as vscode from 'vscode';
import { readUri } from '../../../platform/vscode/files';
import { outlineOf } from '../../language';
import type { Outline } from '../../language/outline';
import type { FoundList, Targets } from './targets';

/** One Makefile with what stands where in it. */
export interface OutlinedFile {
  readonly uri: vscode.Uri;
  readonly text: string;
  readonly outline: Outline;
}

const mostFiles = 100;
const mostLength = 1_000_000;
/** Outlines of open documents by their version, so that several questions about one text read it once. */
const known = new WeakMap<vscode.TextDocument, { readonly version: number; readonly file: OutlinedFile }>();

export function outlineOfDocument(document: vscode.TextDocument): OutlinedFile {
  const before = known.get(document);
  if (before?.version === document.version) return before.file;
  const text = document.getText();
  const file = { uri: document.uri, text, outline: outlineOf(text.length > mostLength ? '' : text) };
  known.set(document, { version: document.version, file });
  return file;
}

/** The document itself and every other file that its Makefile reads. */
export async function outlinesAround(
  document: vscode.TextDocument,
  targets: Targets,
): Promise<{ readonly owner: FoundList | undefined; readonly files: readonly OutlinedFile[] }> {
  const [owner] = await targets.owners(document);
  const own = outlineOfDocument(document);
  const others = (owner?.list.makefile?.files ?? []).filter((path) => path !== document.uri.path);
  const files = await Promise.all(
    others.slice(0, mostFiles).map((path) => read(document.uri.with({ path }))),
  );
  return { owner, files: [own, ...files.filter((one) => one !== undefined)] };
}

async function read(uri: vscode.Uri): Promise<OutlinedFile | undefined> {
  const open = vscode.workspace.textDocuments.find((one) => one.uri.toString() === uri.toString());
  if (open) return outlineOfDocument(open);
  const text = await readUri(uri);
  return text === undefined || text.length > mostLength ? undefined : { uri, text, outline: outlineOf(text) };
}
