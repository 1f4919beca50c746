import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { DeployEvent } from '../../../src/deploy';
import { linesOf } from '../../../src/deploy/providers/lines';
import { DeployStream } from '../../../src/deploy/providers/empire/stream';
import { imageOf, startEmpire } from '../../helpers/empire';
import type { TestEmpire } from '../../helpers/empire';
import type { Reply } from '../../helpers/empire-http';
import { chunk, streamHead } from '../../helpers/empire-recordings';
import { freshApp } from '../../helpers/empire-state';
import { conclude } from '../../helpers/platform';

const signal = new AbortController().signal;

const said = (...messages: readonly object[]): readonly DeployEvent[] => {
  const stream = new DeployStream();
  return messages.flatMap((one) => stream.take(JSON.stringify(one)));
};
const texts = (events: readonly DeployEvent[]): readonly string[] =>
  events.filter((one) => one.type === 'log').map((one) => one.text);
const layer = (id: string, status: string, current: number, total: number): object => ({
  status,
  progressDetail: { current, total },
  progress: '[==>   ]',
  id,
});

describe('what Docker says while it pulls', () => {
  test('the bytes of all layers are one amount that never shrinks; unpacking counts none twice', () => {
    const events = said(
      layer('a', 'Downloading', 10, 100),
      layer('b', 'Downloading', 5, 50),
      layer('a', 'Downloading', 100, 100),
      { status: 'Download complete', progressDetail: {}, id: 'a' },
      layer('a', 'Extracting', 1, 100),
      // A layer that is begun anew after a hiccup of the registry.
      layer('b', 'Downloading', 1, 50),
    );
    const amounts = events.filter((one) => one.type === 'progress').map((one) => [one.done, one.total]);
    assert.deepEqual(amounts, [
      [10, 100],
      [15, 150],
      [105, 150],
      [105, 150],
    ]);
    assert.deepEqual(texts(events), [
      'a: Downloading',
      'b: Downloading',
      'a: Download complete',
      'a: Extracting',
    ]);
  });

  test('ten thousand words of one layer are one line', () => {
    const many = Array.from({ length: 10_000 }, (_, at) => layer('a', 'Downloading', at, 10_000));
    assert.deepEqual(texts(said(...many)), ['a: Downloading']);
    const sizeless = Array.from({ length: 1000 }, (_, at) => layer('b', 'Downloading', at, -1));
    assert.deepEqual(said(...sizeless), [{ type: 'log', text: 'b: Downloading' }]);
  });

  test('what a build prints is shown; a message without words is not', () => {
    assert.deepEqual(
      texts(said({ stream: 'Step 1/2 : FROM x\n' }, { aux: { Digest: 'sha256:1' } }, { status: '' }, {})),
      ['Step 1/2 : FROM x'],
    );
  });
});

test('a line of many megabytes is read in the time that its length takes', async () => {
  const pieces = async function* (): AsyncIterable<string> {
    for (let at = 0; at < 20_000; at++) yield 'x'.repeat(1024);
    yield '\r\nlast';
  };
  const began = Date.now();
  const lengths: number[] = [];
  for await (const line of linesOf(pieces())) lengths.push(line.length);
  assert.deepEqual(lengths, [20_000 * 1024, 4]);
  assert.ok(Date.now() - began < 3000);
});

describe('a deploy whose server says', () => {
  let empire: TestEmpire;
  before(async () => {
    empire = await startEmpire();
  });
  after(() => empire.stop());

  let serial = 0;

  /** Deploys under a stream of these pieces; the release is there once `makes` says so. */
  const deploy = async (
    pieces: (app: string) => Reply['pieces'],
    { makes = true, end = 'close' }: { readonly makes?: boolean; readonly end?: Reply['end'] } = {},
  ): ReturnType<typeof conclude> => {
    const app = `stream-${++serial}`;
    const target = empire.target(app);
    empire.state.seed(app, imageOf(app, 'v1'));
    empire.override = ({ method, path }) => {
      if (method !== 'POST' || !path.endsWith('/deploys')) return undefined;
      if (makes) empire.state.seed(app, imageOf(app, 'v2'));
      return { pieces: [streamHead, ...pieces(app)], end };
    };
    const request = { image: imageOf(app, 'v2') };
    const result = await conclude(empire.provider, target, empire.provider.deploy(target, request, signal));
    empire.override = undefined;
    return result;
  };
  const line = (value: object): string => `${JSON.stringify(value)}\n`;
  const status = (text: string): string => line({ status: `Status: ${text}` });
  const failure = (message: string): string => line({ errorDetail: { message }, error: message });
  const created = (app: string): string => status(`Created new release v2 for ${app}`);
  const finished = (app: string): string => status(`Finished processing events for release v2 of ${app}`);

  test('umlauts cut in two by a chunk, blank lines, NULs and no newline at its end', async () => {
    const result = await deploy((app) => {
      const bytes = Buffer.from(`${status('Größe ✓')}\r\n\0\n${created(app)}${finished(app).trimEnd()}`);
      const cut = bytes.indexOf(0xc3) + 1;
      const raw = (part: Buffer): Buffer =>
        Buffer.concat([Buffer.from(`${part.length.toString(16)}\r\n`), part, Buffer.from('\r\n')]);
      return [raw(bytes.subarray(0, cut)), raw(bytes.subarray(cut)), '0\r\n\r\n'];
    });
    assert.equal(result.outcome, 'live', result.error?.message);
  });

  test('that a proxy failed, in a trailer: the last line counts', async () => {
    const result = await deploy((app) => [
      chunk(created(app)),
      chunk(finished(app)),
      '0\r\nX-Proxy-Error: upstream\r\n\r\n',
    ]);
    assert.equal(result.outcome, 'live', result.error?.message);
  });

  const reasons: Readonly<Record<string, readonly [message: string, code: string]>> = {
    'that a registry wants credentials': [
      'resolving 0123.dkr.ecr.us-east-1.amazonaws.com/acme/x:1: Get https://0123.dkr.ecr.us-east-1.amazonaws.com/v2/: no basic auth credentials',
      'deploy/image-denied',
    ],
    'that a registry lets it pull no more': [
      'toomanyrequests: You have reached your pull rate limit.',
      'deploy/registry-busy',
    ],
    'that it can’t find a registry': [
      'Get https://nowhere.example/v2/: dial tcp: lookup nowhere.example: no such host',
      'deploy/registry-unreachable',
    ],
    'that its disk is full': [
      'failed to register layer: write /x: no space left on device',
      'deploy/server-full',
    ],
    'that an image is for another machine': [
      'no matching manifest for linux/amd64 in the manifest list entries',
      'deploy/image-missing',
    ],
    'that an image has no digest': ['image acme/x:1 has no digests', 'deploy/image-no-digest'],
    'that there is no Procfile': ['no suitable Procfile extractor found', 'deploy/bad-procfile'],
    'that a message is missing': ["Missing required option: 'Message'", 'deploy/refused'],
    'something that nobody knows': ['the moon is in the wrong house', 'deploy/failed'],
  };
  for (const [name, [message, code]] of Object.entries(reasons))
    test(name, async () => {
      const result = await deploy(() => [chunk(failure(message)), '0\r\n\r\n'], { makes: false });
      assert.deepEqual([result.outcome, result.error?.code, result.release], ['failed', code, undefined]);
      assert.equal(result.error?.fix !== undefined, code !== 'deploy/failed');
    });

  test('that it has no certificate, once the release is made: the release stays, and what to do is told', async () => {
    const why = 'the web process does not have a certificate attached';
    const result = await deploy((app) => [chunk(created(app)), chunk(failure(why)), '0\r\n\r\n']);
    assert.deepEqual(
      [result.outcome, result.error?.code, result.release],
      ['failed', 'deploy/not-rolled-out', 2],
    );
    assert.match(result.error?.fix?.label ?? '', /cert-attach/);
  });

  test('that it stopped waiting: that is not known to have failed', async () => {
    const why = 'timed out waiting for stack operation to complete';
    const result = await deploy((app) => [chunk(created(app)), chunk(failure(why)), '0\r\n\r\n']);
    assert.deepEqual([result.outcome, result.release], ['unknown', 2]);
    assert.match(result.error?.message ?? '', /stopped waiting \(timed out/);
    assert.deepEqual(result.stages.at(-1)?.outcome, 'unknown');
  });

  test('that a newer release took over, in the words of 0.12', async () => {
    const result = await deploy((app) => [
      chunk(created(app) + status('Deployment superseded by newer release for web') + finished(app)),
      '0\r\n\r\n',
    ]);
    assert.deepEqual([result.outcome, result.error?.code], ['unknown', 'deploy/superseded']);
  });

  test('words of 0.12 of a roll-out that went well', async () => {
    const result = await deploy((app) => [
      chunk(created(app) + status('Deployment stable for web') + finished(app)),
      '0\r\n\r\n',
    ]);
    assert.equal(result.outcome, 'live', result.error?.message);
  });
});

test('a tag beside a digest is not sent: the server would take it for a part of the name', async () => {
  const empire = await startEmpire();
  const digest = `sha256:${'1'.repeat(64)}`;
  const target = empire.target('orders');
  const request = { image: `ghcr.io/acme/orders:v1@${digest}` };
  await conclude(empire.provider, target, empire.provider.deploy(target, request, signal));
  const sent = empire.server.requests.find((one) => one.path.endsWith('/deploys'));
  assert.equal(sent?.body, `{"image":"ghcr.io/acme/orders@${digest}","stream":true}`);
  await empire.stop();
});

test('an app that somebody else makes at the same moment is deployed to', async () => {
  const empire = await startEmpire();
  empire.override = ({ method, path }) => {
    // The first question comes before the other one's app, the second after it.
    if (method === 'POST' && path === '/apps') empire.state.apps.set('orders', freshApp());
    return undefined;
  };
  const target = empire.target('orders');
  const events = empire.provider.deploy(target, { image: imageOf('orders', 'v1') }, signal);
  const result = await conclude(empire.provider, target, events);
  assert.equal(result.outcome, 'live', result.error?.message);
  await empire.stop();
});
