// The script of the form's page, a bundle of its own that runs in the editor's webview.
// It shows what the extension host says and tells it what the person does; it decides nothing and knows no template.
import type { SavedForm } from '../../form/protocol';
import { isHostMessage } from '../../form/protocol';
import type { Say } from './dom';
import { createPage } from './page';

/** What a webview can do with the editor around it. */
interface Editor {
  postMessage(message: unknown): void;
  /** Survives a reload of the window; nothing secret is put there. */
  setState(state: SavedForm | undefined): void;
}
declare function acquireVsCodeApi(): Editor;

const editor = acquireVsCodeApi();
let sent = 0;
let sentAt: number | undefined;
/** How long the last word took until its files were on the page: for whoever measures it. */
const measure = 'servicewright preview';
const say: Say = (word) => {
  sent += 1;
  sentAt = performance.now();
  editor.postMessage({ ...word, revision: sent });
};
const page = createPage(say);

window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  // What was computed before the last word of ours would take back what the person has just typed.
  if (!isHostMessage(data) || data.revision !== sent) return;
  page.update(data);
  if (data.type === 'form') editor.setState(data.saved);
  if (data.type !== 'files' || sentAt === undefined) return;
  performance.clearMeasures(measure);
  performance.measure(measure, { start: sentAt });
  sentAt = undefined;
});

document.addEventListener('keydown', (event) => {
  if (event.isComposing || event.defaultPrevented) return;
  if (event.key === 'Escape') say({ type: 'leave' });
  else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey))
    document.querySelector('form')?.requestSubmit();
});

document.body.append(page.element);
say({ type: 'ready' });
