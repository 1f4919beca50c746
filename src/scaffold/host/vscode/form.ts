import type * as vscode from 'vscode';
import type { Created } from '../../create';
import type { SavedForm } from '../../form/protocol';
import { savedForm } from '../../form/protocol';
import type { FormState } from '../../form/state';
import { beginForm, restoreForm as restored } from '../../form/state';
import type { ScaffoldHost } from '../vscode';
import type { NewMicroserviceArgs } from './args';
import type { FormParts, OpenForm } from './form/panel';
import { openPanel, restorePanel } from './form/panel';
import { finish } from './finish';
import { remember, remembered } from './new-microservice';
import { parentFolders } from './parents';
import type { Preview } from './preview';
import { offeredTemplates, sorted, warnOf } from './sources';

/** There is one form in a window; what was filled in is kept when its tab is closed. */
const shown: { now: OpenForm | undefined; draft: SavedForm | undefined } = {
  now: undefined,
  draft: undefined,
};

/**
 * Shows the form and waits until its service is made. A form that is there already is shown again instead of a new one.
 * Throws AbortError when it is closed before.
 */
export async function askWithForm(
  host: ScaffoldHost,
  preview: Preview,
  args: NewMicroserviceArgs,
): Promise<Created> {
  const old = shown.now;
  if (old && isKept(old, args)) {
    if (args.parent !== undefined) old.session.moveTo(args.parent);
    old.panel.reveal();
    return old.outcome;
  }
  const fresh = await freshForm(host, args);
  shown.now?.panel.dispose();
  const { draft } = shown;
  shown.draft = undefined;
  const state = draft === undefined || asksOtherwise(args) ? fresh : drafted(fresh, draft, args);
  return keep(openPanel(state, partsOf(host, preview, args))).outcome;
}

/** Not in favour of other answers, unless somebody has filled it in. */
function isKept({ session }: OpenForm, args: NewMicroserviceArgs): boolean {
  return session.stage() === 'filled' || (session.stage() === 'untouched' && !asksOtherwise(args));
}

/** The caller has answers of its own. */
function asksOtherwise({ template, preset, answers }: NewMicroserviceArgs): boolean {
  return template !== undefined || preset !== undefined || Object.keys(answers).length > 0;
}

/** The form as it was when its tab was closed; a folder that was clicked since then comes before the one of then. */
function drafted(fresh: FormState, draft: SavedForm, { parent }: NewMicroserviceArgs): FormState {
  return restored(fresh, parent === undefined ? draft : { ...draft, parent });
}

/** Fills a form that was open when the window was loaded again. */
export async function restoreForm(
  host: ScaffoldHost,
  preview: Preview,
  { panel, saved }: { readonly panel: vscode.WebviewPanel; readonly saved: unknown },
): Promise<void> {
  // A form whose service was made keeps nothing.
  if (!savedForm(saved)) {
    panel.dispose();
    return;
  }
  const args = { answers: {} };
  keep(restorePanel({ panel, saved, fresh: await freshForm(host, args) }, partsOf(host, preview, args)));
}

function keep(form: OpenForm): OpenForm {
  shown.now = form;
  form.panel.onDidDispose(() => {
    if (shown.now === form) shown.now = undefined;
    shown.draft = form.draft() ?? shown.draft;
  });
  return form;
}

async function freshForm(host: ScaffoldHost, args: NewMicroserviceArgs): Promise<FormState> {
  const offers = await offeredTemplates(host);
  warnOf(offers, host);
  return beginForm({
    templates: sorted(offers).templates.map((one) => one.template),
    template: args.template,
    preset: args.preset,
    answers: args.answers,
    remembered: remembered(host),
    parents: await parentFolders(host, args.parent),
  });
}

function partsOf(host: ScaffoldHost, preview: Preview, args: NewMicroserviceArgs): FormParts {
  return {
    extensionUri: host.context.extensionUri,
    world: host.world,
    preview,
    made: async (created, order, close) => {
      host.onCreated(created.dir);
      await remember(host, order);
      const after = args.open ?? host.settings.get('scaffold.afterCreate');
      // The page says what was made until something of it is on show.
      if (await finish(created, order.template, { host, after })) close();
    },
  };
}
