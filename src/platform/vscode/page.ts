import * as vscode from 'vscode';

/** A page of ours in the editor: its title, and the names of its built script and style sheet. */
export interface PageParts {
  readonly title: string;
  /** In `out`. */
  readonly script: string;
  /** In `media`. */
  readonly style: string;
}

/** What a page may load: the built script and the style sheet, from nowhere else. */
export function resourceRoots(extension: vscode.Uri): readonly vscode.Uri[] {
  return [vscode.Uri.joinPath(extension, 'out'), vscode.Uri.joinPath(extension, 'media')];
}

/**
 * The empty page that the script fills. Nothing runs and nothing is loaded but the one script and the one style sheet that carry this
 * page's own number: no inline handlers, no eval, no network.
 */
export function pageHtml(
  webview: vscode.Webview,
  extension: vscode.Uri,
  { title, script, style }: PageParts,
): string {
  const nonce = crypto.randomUUID().replaceAll('-', '');
  const uri = (...path: readonly string[]): string =>
    webview.asWebviewUri(vscode.Uri.joinPath(extension, ...path)).toString();
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src 'nonce-${nonce}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="stylesheet" nonce="${nonce}" href="${uri('media', style)}">
</head>
<body>
<script nonce="${nonce}" src="${uri('out', script)}"></script>
</body>
</html>
`;
}
