import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { withEditor } from '../editor/driver';
import { createPlatformHome } from '../editor/platform-home';
import { cli } from '../helpers/cli';
import { canaryToken, startEmpire } from '../helpers/empire';
import { jsonReply } from '../helpers/empire-recordings';
import { makeRepository } from '../helpers/git-repository';

test('a deploy to Empire goes on when the window is loaded again, and its end is told', async () => {
  const workspace = await mkdtemp(join(tmpdir(), 'reload-'));
  const platform = await createPlatformHome();
  const empire = await startEmpire();
  let go = (): void => undefined;
  const gate = new Promise<void>((done) => (go = done));
  try {
    const repository = makeRepository(join(workspace, 'orders'));
    repository.commit({
      'servicewright.yaml': `name: orders\nenvironments:\n  staging:\n    platform: empire\n    url: ${empire.server.url}\n    registry: ghcr.io/acme\n`,
      Procfile: 'web: ./serve\n',
    });
    repository.git('update-ref', 'refs/remotes/origin/main', 'HEAD');
    empire.override = (request) => {
      if (request.path === '/oauth/authorizations')
        return jsonReply(200, { access_token: { token: canaryToken } });
      const isDeploy = request.method === 'POST' && request.path.endsWith('/deploys');
      return isDeploy ? { ...empire.state.answer(request), gate } : undefined;
    };
    await withEditor({ workspace, journey: 'deploy-reload', env: platform.env }, async (editor) => {
      await editor.statusBar('orders → staging').click({ timeout: 60_000 });
      await editor.pick('User and password');
      await editor.answer('User', 'jane');
      await editor.answer('Password', 's3cret');
      await editor.statusBar('orders: ').waitFor();
      await editor.screenshot('deploying');
      await editor.page.reload();
      await editor.ready();
      await editor.notification('orders v1 is live').waitFor({ timeout: 90_000 });
      await editor.statusBar('orders → staging v1').waitFor();
      await editor.screenshot('told');
    });
  } finally {
    go();
    await empire.stop();
    await platform.remove();
    await rm(workspace, { recursive: true, force: true });
  }
});

test('a deploy to this machine goes on when the window is loaded again, and is followed from its beginning', async () => {
  const workspace = await mkdtemp(join(tmpdir(), 'reload-'));
  const platform = await createPlatformHome();
  const { env } = platform;
  const gate = join(workspace, 'go');
  try {
    const service = join(workspace, 'shop');
    await mkdir(service);
    await writeFile(join(service, 'servicewright.yaml'), 'name: shop\n');
    const web = 'web: exec python3 -m http.server --bind 127.0.0.1 $PORT\n';
    const waits = `release: echo waiting for the gate; until test -e ${gate}; do sleep 0.1; done\n`;
    await writeFile(join(service, 'Procfile'), waits + web);
    await withEditor({ workspace, journey: 'deploy-reload-local', env }, async (editor) => {
      await editor.statusBar('shop → local').click({ timeout: 60_000 });
      await editor.statusBar('shop: Running the release command').waitFor({ timeout: 60_000 });
      await editor.page.reload();
      await editor.ready();
      await editor.statusBar('shop: Running the release command').waitFor({ timeout: 60_000 });
      await editor.screenshot('followed-on');
      await writeFile(gate, '');
      await editor.notification('shop v1 is live').waitFor({ timeout: 60_000 });
      await editor.screenshot('told');
    });
  } finally {
    await cli(['platform', 'stop'], { env });
    await platform.remove();
    await rm(workspace, { recursive: true, force: true });
  }
});
