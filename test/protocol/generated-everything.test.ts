import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { cli } from '../helpers/cli';
import { make } from '../helpers/make';

/** The service with all that can be chosen, under a name with a hyphen. */

const root = mkdtempSync(join(tmpdir(), 'generated-'));
const items = join(root, 'order-items');
const answers = ['owner=team-shop', 'auth=jwt', 'tasks=celery', 'newrelic=true', 'opentelemetry=true'];

before(async () => {
  const set = answers.flatMap((answer) => ['--set', answer]);
  const made = await cli(['new', 'django-service', items, ...set]);
  assert.equal(made.code, 0, made.stderr);
});
after(() => rmSync(root, { recursive: true, force: true, maxRetries: 3 }));

test('it has the coverage that CI asks, and what is committed is what the code says', async () => {
  const { code, output } = await make(items, 'lint', 'coverage', 'drift');
  assert.equal(code, 0, output);
  assert.match(output, /Required test coverage of 95/);
});
