import { test } from 'node:test';
import { withWorkspaceCopy } from '../editor/package';
import { withEditor } from '../editor/driver';

test('the editor opens a folder that is not trusted in Restricted Mode, and the extension is there', async () => {
  await withWorkspaceCopy((workspace) =>
    withEditor({ workspace, trusted: false, journey: 'restricted-mode' }, async (editor) => {
      await editor.statusBar('Restricted Mode').waitFor();
      await editor.palette('Servicewright: Show Log');
      await editor.quickPickRow('Servicewright: Show Log').waitFor();
      await editor.screenshot('palette');
    }),
  );
});
