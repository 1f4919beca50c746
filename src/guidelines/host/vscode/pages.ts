import * as vscode from 'vscode';
import { UserError } from '../../../base/errors';

const scheme = 'servicewright-rule';

/** The pages that explain rules, as read-only Markdown shown in the preview. */
export function registerRulePages(): vscode.Disposable & { readonly show: (id?: string) => Promise<void> } {
  const provider = vscode.workspace.registerTextDocumentContentProvider(scheme, {
    async provideTextDocumentContent(uri) {
      const { allRules, rulePage } = await import('../../index');
      const rule = allRules.find((one) => `/${one.id}.md` === uri.path);
      return rule ? rulePage(rule) : '';
    },
  });
  const show = async (id?: string): Promise<void> => {
    const { allRules } = await import('../../index');
    const chosen = id ?? (await pickRule());
    if (chosen === undefined) return;
    if (!allRules.some((one) => one.id === chosen))
      throw new UserError(
        'guidelines/no-such-rule',
        `There is no guideline rule ${JSON.stringify(chosen)}; run Explain Guideline Rule to pick one.`,
      );
    await vscode.commands.executeCommand(
      'markdown.showPreview',
      vscode.Uri.from({ scheme, path: `/${chosen}.md` }),
    );
  };
  return { show, dispose: () => provider.dispose() };
}

async function pickRule(): Promise<string | undefined> {
  const { allRules } = await import('../../index');
  const items = allRules.map((rule) => ({
    label: rule.id,
    description: rule.severity,
    detail: rule.summary,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    placeHolder: 'Which rule?',
    matchOnDetail: true,
  });
  return picked?.label;
}
