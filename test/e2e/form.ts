import type { FrameLocator, Locator } from 'playwright-core';
import type { Editor } from '../editor/driver';

/** The form of *New Microservice*, as a person uses it. */
export class Form {
  readonly #editor: Editor;

  constructor(editor: Editor) {
    this.#editor = editor;
  }

  /** Opens it from the palette and waits until its files are there. */
  static async open(editor: Editor): Promise<Form> {
    await editor.runCommand('Servicewright: New Microservice');
    const form = new Form(editor);
    await form.box('Service name').waitFor();
    await form.row('README.md').waitFor();
    return form;
  }

  get page(): FrameLocator {
    return this.#editor.webview();
  }

  /** The box with this title. */
  box(title: string): Locator {
    return this.page.getByRole('textbox', { name: title, exact: true });
  }

  /** The row of a file in the tree. */
  row(path: string): Locator {
    return this.page.locator(`[role=treeitem][data-path="${path}"]`);
  }

  get create(): Locator {
    return this.page.getByRole('button', { name: 'Create Service' });
  }

  /** Why nothing can be created yet. */
  get reason(): Locator {
    return this.page.locator('.reason');
  }

  /** What of the file on show is to be seen. */
  get content(): Locator {
    return this.page.locator('.content-text');
  }
}
