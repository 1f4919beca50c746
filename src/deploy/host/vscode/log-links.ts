import * as vscode from 'vscode';
import { logScheme } from '../../../base/views';
import { candidates, framesOf } from '../../logs/frames';

const mostLinks = 2000;

/** Makes the places that stack traces name links to the service's own files. `dirOf` gives the folder of the service that a log is of. */
export function registerLogLinks(dirOf: (uri: vscode.Uri) => string | undefined): vscode.Disposable {
  return vscode.languages.registerDocumentLinkProvider(
    { scheme: logScheme },
    {
      async provideDocumentLinks(document, token) {
        const dir = dirOf(document.uri);
        if (dir === undefined) return [];
        const known = new Map<string, Promise<vscode.Uri | undefined>>();
        const find = (path: string): Promise<vscode.Uri | undefined> => {
          const found = known.get(path) ?? findSource(dir, path);
          known.set(path, found);
          return found;
        };
        const links: vscode.DocumentLink[] = [];
        // The newest lines matter most.
        for (let line = document.lineCount - 1; line >= 0 && links.length < mostLinks; line--) {
          if (token.isCancellationRequested) break;
          for (const frame of framesOf(document.lineAt(line).text)) {
            const uri = await find(frame.path);
            if (!uri) continue;
            const range = new vscode.Range(line, frame.start, line, frame.end);
            const link = new vscode.DocumentLink(range, uri.with({ fragment: `L${frame.line}` }));
            link.tooltip = `Open ${vscode.workspace.asRelativePath(uri)}`;
            links.push(link);
          }
        }
        return links;
      },
    },
  );
}

async function findSource(dir: string, path: string): Promise<vscode.Uri | undefined> {
  for (const below of candidates(path)) {
    const uri = vscode.Uri.joinPath(vscode.Uri.file(dir), below);
    const stat = await Promise.resolve(vscode.workspace.fs.stat(uri)).catch(() => undefined);
    if (stat?.type === vscode.FileType.File) return uri;
  }
  return undefined;
}
