import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { nodeFiles } from '../../src/platform/node/files';
import { listTemplate, loadTemplates } from '../../src/scaffold';
import type { Answers, Template } from '../../src/scaffold';
import { readRecord, recordFile, writeRecord } from '../../src/scaffold/record';
import {
  applyUpdate,
  archivePath,
  bundledShelf,
  changes,
  packListing,
  planUpdate,
} from '../../src/scaffold/update';
import { unpackListing } from '../../src/scaffold/update/archive';
import { renderVersion } from '../../src/scaffold/update/rendered';
import type { MemoryService } from '../helpers/memory-service';
import { createMemoryService, dir, isLink } from '../helpers/memory-service';

/** Services of every version that was released can be updated to the present one. */

const templates = resolve('templates');
const shelf = bundledShelf(templates, nodeFiles);
const never = new AbortController().signal;
const answers: Answers = { name: 'orders', owner: 'team-shop', description: 'Takes orders.' };
const archives = readdirSync(join(templates, 'versions'));
const any = { id: '', version: '', source: 'bundled', answers: {}, files: {} };

async function version(archive: string): Promise<Template> {
  const [, id = '', number = ''] = /^(.+)-(\d+\.\d+\.\d+)\.json\.gz$/.exec(archive) ?? [];
  const template = await shelf.version({ ...any, id }, number);
  assert.ok(template, archive);
  assert.deepEqual([template.id, template.version], [id, number]);
  return template;
}

/** A service as the first release wrote it: its record had neither source nor hashes. */
function serviceFrom(template: Template): MemoryService {
  const service = createMemoryService();
  const rendered = renderVersion(template, answers);
  for (const { path, bytes, executable } of rendered.files.values())
    service.put(path, { text: Buffer.from(bytes).toString('utf8'), executable });
  const { id, version: number } = template;
  const record = writeRecord('name: orders\n', { ...any, id, version: number, answers: rendered.answers });
  service.put(recordFile, record.replace('  source: bundled\n', '').replace('  files: {}\n', ''));
  return service;
}

describe('archives of released versions', () => {
  test('the first version of the model service is there', () => {
    assert.ok(archives.includes('django-service-1.0.0.json.gz'));
  });

  for (const archive of archives)
    test(`${archive}: an untouched service becomes what the present version gives`, async () => {
      const service = serviceFrom(await version(archive));
      const text = Buffer.from((await service.files.readBytes(join(dir, recordFile))) ?? '').toString('utf8');
      const old = readRecord(text);
      assert.ok(old && Object.keys(old.files).length === 0);
      const plan = await planUpdate(dir, shelf, {}, service);
      assert.deepEqual(
        plan.items.filter((item) => item.kind === 'conflict' || item.kind === 'merge'),
        [],
      );
      await applyUpdate(plan, { trees: service.trees, signal: never });
      const present = renderVersion(await shelf.newest(old), plan.to.answers);
      for (const { path, bytes, executable, class: kind } of present.files.values()) {
        const file = service.all().get(path);
        if (kind === 'sample') continue;
        assert.ok(file && !isLink(file), path);
        assert.deepEqual(
          [Buffer.from(file.bytes).toString('utf8'), file.executable],
          [Buffer.from(bytes).toString('utf8'), executable],
          path,
        );
      }
      assert.deepEqual(changes(await planUpdate(dir, shelf, {}, service)), []);
    });

  for (const archive of archives)
    test(`${archive}: what was edited is still there afterwards`, async () => {
      const service = serviceFrom(await version(archive));
      const mine = ['# mine, at the top', '# mine, at the end'];
      for (const [path, file] of service.all()) {
        if (path === recordFile || isLink(file)) continue;
        const body = Buffer.from(file.bytes).toString('utf8');
        service.put(path, { text: `${mine[0]}\n${body}${mine[1]}\n`, executable: file.executable });
      }
      const before = service.all();
      await applyUpdate(await planUpdate(dir, shelf, {}, service), { trees: service.trees, signal: never });
      for (const path of before.keys()) {
        const file = service.all().get(path);
        if (path === recordFile || file === undefined || isLink(file)) continue;
        const lines = Buffer.from(file.bytes).toString('utf8').split('\n');
        for (const line of mine) assert.ok(lines.includes(line), `${path}: ${line}`);
      }
    });

  test('an archive gives back the files that went in, and what is no archive gives nothing', async () => {
    for (const { id } of await loadTemplates(templates, nodeFiles)) {
      const listing = await listTemplate(join(templates, id), nodeFiles);
      const text = packListing(listing);
      const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'));
      const packed = new Uint8Array(await new Response(stream).arrayBuffer());
      assert.equal(gunzipSync(packed).toString('utf8'), text);
      const back = await unpackListing(packed);
      assert.deepEqual([...(back?.keys() ?? [])].sort(), [...listing.keys()].sort());
      for (const [path, file] of listing)
        assert.deepEqual(Buffer.from(back?.get(path)?.bytes ?? []), Buffer.from(file.bytes), path);
    }
    assert.equal(await unpackListing(Buffer.from('no gzip')), undefined);
    assert.equal(await unpackListing(Buffer.alloc(0)), undefined);
  });

  test('the present version is not kept yet, or kept as it is', async () => {
    for (const { id, version: present } of await loadTemplates(templates, nodeFiles)) {
      const name = archivePath(id, present).replace('versions/', '');
      if (!archives.includes(name)) continue;
      const kept = gunzipSync(readFileSync(join(templates, 'versions', name))).toString('utf8');
      assert.equal(
        packListing(await listTemplate(join(templates, id), nodeFiles)),
        kept,
        `${id}: raise its version`,
      );
    }
  });
});
