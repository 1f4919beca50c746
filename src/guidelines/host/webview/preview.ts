// The script of the preview's page, a bundle of its own that runs in the editor's webview.
// It shows what the editor says of a description and asks for what somebody opens; it reads no description itself.
import { isHostMessage } from '../../preview/protocol';
import { Page } from './page';

/** What a webview can do with the editor around it. */
interface Editor {
  postMessage(message: unknown): void;
}
declare function acquireVsCodeApi(): Editor;

const editor = acquireVsCodeApi();
const page = new Page((word) => editor.postMessage(word));

window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  if (isHostMessage(data)) page.take(data);
});

document.body.append(page.element);
editor.postMessage({ type: 'ready' });
