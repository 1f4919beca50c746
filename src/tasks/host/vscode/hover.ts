import * as vscode from 'vscode';
import { wordAt } from '../../language';
import type { Makefile } from '../../sources/make/makefile';
import { tooltipOf } from './items';
import { outlineOfDocument } from './outlines';
import { toRange } from './ranges';
import type { Targets } from './targets';

/** Prerequisites and recipe of a target, where it stands and where it is needed; the value of a variable. */
export function createHover(targets: Targets): vscode.HoverProvider {
  return {
    async provideHover(document, { line, character }) {
      const word = wordAt(outlineOfDocument(document).outline, { line, character });
      const owners = await targets.owners(document);
      if (word?.kind === 'variable') {
        const text = owners[0]?.list.makefile && valueOf(word.name, owners[0].list.makefile);
        return text && new vscode.Hover(text, toRange(word.range));
      }
      for (const found of owners) {
        const task = word
          ? found.list.tasks.find(({ name }) => name === word.name)
          : found.list.tasks.find(
              ({ file, range }) =>
                file === document.uri.path && toRange(range).contains(new vscode.Position(line, character)),
            );
        if (task) return new vscode.Hover(tooltipOf({ found, task }), toRange(word?.range ?? task.range));
      }
      return undefined;
    },
  };
}

const longest = 1_000;

/** As it is after the last line; nothing is run to work it out. */
function valueOf(name: string, makefile: Makefile): vscode.MarkdownString | undefined {
  const variable = makefile.variables.get(name);
  const given = makefile.defaults.get(name);
  if (!variable && !given) return undefined;
  const { value, origin } = variable ?? { value: '', origin: 'file' };
  const from = origin === 'file' || origin === 'override' ? '' : ` — ${origin}`;
  const text = new vscode.MarkdownString(`**${name}**${from}`);
  if (given) text.appendMarkdown('\n\nMeant to be given from outside; this is its default.');
  text.appendCodeblock(value.replaceAll('\0', '…').slice(0, longest), 'makefile');
  return text;
}
