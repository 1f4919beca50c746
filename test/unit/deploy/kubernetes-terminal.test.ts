import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, afterEach, before, describe, test } from 'node:test';
import { UserError } from '../../../src/base/errors';
import type { RunEvent, Terminal } from '../../../src/deploy/provider';
import { readEnd } from '../../../src/deploy/providers/kubernetes/terminal-wire';
import type { Reply } from '../../helpers/empire-http';
import { labelOf, renamed } from '../../helpers/kubernetes/answers';
import type { TestCluster } from '../../helpers/kubernetes/fake';
import { canaryToken, startTestCluster } from '../../helpers/kubernetes/fake';
import { kubeconfigOf } from '../../helpers/kubernetes/kubeconfig';
import { imageOf, kubernetesAt } from '../../helpers/kubernetes/target';
import { conclude, eventually } from '../../helpers/platform';

/** A command with a terminal: what is typed gets there, what is shown comes back, and its pod is gone however it ends. */

const { signal } = new AbortController();
const canaryValue = 'canary-variable-0123456789';
const size = { columns: 120, rows: 40 };
let cluster: TestCluster;

before(async () => {
  cluster = await startTestCluster();
  await writeFile(join(cluster.dir, 'Procfile'), 'web: serve\n');
  const target = cluster.target('orders');
  await cluster.provider.config?.change(target, { SECRET: canaryValue }, 'Set SECRET', signal);
  const events = cluster.provider.deploy(target, { image: imageOf('orders', '1') }, signal);
  assert.equal((await conclude(cluster.provider, target, events)).outcome, 'live');
});
after(async () => {
  await cluster.stop();
  await rm(cluster.dir, { recursive: true, force: true });
});
afterEach(async () => {
  cluster.override = undefined;
  cluster.terminals.play = () => undefined;
  cluster.terminals.known = ['v4.channel.k8s.io', 'v5.channel.k8s.io'];
  await eventually('its pod is gone', () => pods() === 0);
});

const pods = (): number =>
  cluster.state
    .in('/api/v1/namespaces/team/pods')
    .filter((one) => labelOf(one, 'servicewright/kind') === 'run').length;

async function open(command: string): Promise<Terminal> {
  const opened = await cluster.provider.runs?.terminal?.(
    cluster.target('orders'),
    { command, message: 'Look', size },
    signal,
  );
  return opened ?? assert.fail('Kubernetes has terminals');
}

async function read({
  events,
}: Terminal): Promise<{ readonly text: string; readonly code: number | undefined }> {
  let text = '';
  let code: number | undefined;
  for await (const event of events) {
    if (event.type === 'out') text += event.text;
    else code = event.code;
  }
  return { text, code };
}

async function fails(work: Promise<unknown>): Promise<UserError> {
  const error: unknown = await work.then(
    () => assert.fail('it is to fail'),
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof UserError, String(error));
  assert.ok(!`${error.message} ${error.stack ?? ''}`.includes(canaryToken));
  return error;
}

test('the command runs in a pod that was there before it, with the size of the terminal', async () => {
  cluster.terminals.play = (played) => {
    if (played.sizes.length > 0) played.end(0);
  };
  const terminal = await open('python manage.py shell');
  assert.equal(pods(), 1);
  const { code } = await read(terminal);
  assert.equal(code, 0);
  const played = cluster.terminals.all.at(-1);
  assert.deepEqual(played?.sizes, [{ Width: 120, Height: 40 }]);
  assert.deepEqual(played?.query.getAll('command'), ['/bin/sh', '-c', 'python manage.py shell']);
  assert.deepEqual(
    ['container', 'stdin', 'stdout', 'tty', 'stderr'].map((key) => played?.query.get(key)),
    ['app', 'true', 'true', 'true', null],
  );
});

test('what is typed gets there letter for letter, what is shown comes back, and so does the exit code', async () => {
  cluster.terminals.play = (played) => {
    const said = played.typed.join('');
    if (said.endsWith('\u0003')) played.end(130);
    else if (played.typed.length > 0) played.show(`you said ${played.typed.at(-1)}\r\n`);
  };
  const terminal = await open('bash');
  let text = '';
  let code: number | undefined;
  terminal.write('größer\r');
  for await (const event of terminal.events) {
    if (event.type === 'exit') code = event.code;
    else {
      text += event.text;
      terminal.write('\u0003');
    }
  }
  assert.deepEqual([text, code], ['you said größer\r\r\n', 130]);
});

test('a window that changes its size says so', async () => {
  cluster.terminals.play = (played) => {
    if (played.sizes.length > 1) played.end(0);
  };
  const terminal = await open('top');
  terminal.resize({ columns: 80, rows: 24 });
  await read(terminal);
  assert.deepEqual(cluster.terminals.all.at(-1)?.sizes.at(-1), { Width: 80, Height: 24 });
});

test('a letter that comes in two halves is one, and secrets are not shown', async () => {
  const bytes = Buffer.from(`ö ${canaryValue}`);
  cluster.terminals.play = (played) => {
    played.show(bytes.subarray(0, 1));
    played.show(bytes.subarray(1));
    played.end(3);
  };
  assert.deepEqual(await read(await open('env')), { text: 'ö [secret]', code: 3 });
});

test('a server that knows the older protocol alone is spoken to in it', async () => {
  cluster.terminals.known = ['v4.channel.k8s.io'];
  cluster.terminals.play = (played) => played.end(0);
  assert.equal((await read(await open('true'))).code, 0);
});

test('hanging up ends it', async () => {
  const terminal = await open('sleep 1000');
  terminal.end();
  assert.deepEqual(await read(terminal), { text: '', code: undefined });
});

test('who stops reading ends it', async () => {
  cluster.terminals.play = (played) => played.show('hello');
  const terminal = await open('yes');
  const seen: RunEvent[] = [];
  for await (const event of terminal.events) {
    seen.push(event);
    break;
  }
  assert.deepEqual(seen, [{ type: 'out', stream: 'stdout', text: 'hello' }]);
});

describe('what goes wrong says so, and leaves no pod', () => {
  test('a connection that is cut', async () => {
    cluster.terminals.play = (played) => played.cut();
    const terminal = await open('bash');
    assert.equal((await fails(read(terminal))).code, 'deploy/connection-lost');
  });

  test('a command that could not be started', async () => {
    cluster.terminals.play = (played) =>
      played.end({ status: 'Failure', message: 'no /bin/sh in the image', reason: 'InternalError' });
    const terminal = await open('bash');
    assert.match((await fails(read(terminal))).message, /could not be started: no \/bin\/sh in the image/);
  });

  test('a command of nothing', async () => {
    assert.match((await fails(open(' '))).message, /command/i);
  });

  const refusals: Readonly<Record<string, readonly [Reply, string]>> = {
    'a right that is missing': [renamed('forbidden'), 'deploy/forbidden'],
    'a token that has ended': [renamed('unauthorized'), 'deploy/credentials-refused'],
    'a page of a proxy': [
      { pieces: ['HTTP/1.1 502 X\r\nContent-Length: 4\r\n\r\noops'], end: 'close' },
      'deploy/not-the-api',
    ],
    'a cut': [{ pieces: [], end: 'reset' }, 'deploy/connection-lost'],
    'half an answer': [{ pieces: ['HTTP/1.1 101 Switch'], end: 'close' }, 'deploy/connection-lost'],
    'an answer that is none': [
      {
        pieces: ['HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n'],
        end: 'close',
      },
      'deploy/connection-lost',
    ],
  };
  for (const [name, [reply, code]] of Object.entries(refusals))
    test(name, async () => {
      cluster.override = ({ path }) => (path.includes('/exec?') ? reply : undefined);
      assert.equal((await fails(open('bash'))).code, code);
    });

  test('a server that is not there', async () => {
    const gone = await startTestCluster();
    const config = join(gone.dir, 'gone');
    await writeFile(config, kubeconfigOf(gone.server.url, canaryToken));
    await gone.stop();
    const { runs } = kubernetesAt(config, { patience: { retriesMs: [] } });
    await fails(
      runs?.terminal?.(gone.target('orders'), { command: 'bash', message: 'Look', size }, signal) ??
        Promise.resolve(),
    );
    await rm(gone.dir, { recursive: true, force: true });
  });
});

test('an end is a code, or says why there is none', () => {
  assert.deepEqual(readEnd('{"status":"Success"}'), { code: 0 });
  assert.deepEqual(readEnd('{"status":"Failure","message":"gone"}'), { why: 'gone' });
  for (const odd of [
    '',
    '[]',
    '{"status":"Failure","details":{"causes":[{"reason":"ExitCode","message":"x"}]}}',
  ])
    assert.ok('why' in readEnd(odd));
});
