import assert from 'node:assert/strict';
import { UserError } from '../../src/base/errors';
import { applyUpdate, planUpdate } from '../../src/scaffold/update';
import { renderVersion } from '../../src/scaffold/update/rendered';
import type { Link, MemoryFile, MemoryService } from './memory-service';
import { dir, isLink } from './memory-service';
import { createRandom } from './random';
import { meddle, randomReleases, settle, writtenBy } from './update-random';
import type { Release } from './update-world';
import { serviceOf, shelfOf, templateOf } from './update-world';

/**
 * A process that plays random histories from one seed up to another, prints what it saw, and fails with the first that loses something.
 * It is no test file itself: the test runner follows every promise, which takes longer than the histories.
 */

const never = new AbortController().signal;

export interface Counts {
  updates: number;
  kinds: Record<string, number>;
}

async function play(from: number, to: number): Promise<Counts> {
  const counts: Counts = { updates: 0, kinds: {} };
  const seeds = Array.from({ length: to - from }, (_, at) => from + at).values();
  // Hashing waits for other threads; some histories at a time fill the waits.
  const lane = async (): Promise<void> => {
    for (const seed of seeds) await history(seed, counts);
  };
  await Promise.all(Array.from({ length: 8 }, lane));
  return counts;
}

async function history(seed: number, counts: Counts): Promise<void> {
  const random = createRandom(seed);
  const releases = randomReleases(random, 3 + random.int(2));
  const [first] = releases;
  assert.ok(first);
  const service = await serviceOf(first);
  for (let number = 1; number < releases.length; number++) {
    for (let edits = random.int(8); edits > 0; edits--) meddle(service, random, `${seed}.${number}.${edits}`);
    // Now and then nobody settles the conflicts, or the old version is not to be had.
    if (random.int(4) > 0) settle(service);
    const known = random.int(8) === 0 ? releases.slice(number, number + 1) : releases.slice(0, number + 1);
    await step({ service, known, releases, number, counts }, `seed ${seed}, version ${number}`);
  }
}

interface Step {
  readonly service: MemoryService;
  readonly known: readonly Release[];
  readonly releases: readonly Release[];
  readonly number: number;
  readonly counts: Counts;
}

async function step({ service, known, releases, number, counts }: Step, label: string): Promise<void> {
  const shelf = shelfOf(...known);
  const before = { files: service.all(), written: await writtenBy(service) };
  const plan = await planned(service, shelf);
  if (plan === 'unsettled') {
    settle(service);
    return step({ service, known, releases, number, counts }, label);
  }
  await applyUpdate(plan, { trees: service.trees, signal: never });
  counts.updates++;
  for (const { kind } of plan.items) counts.kinds[kind] = (counts.kinds[kind] ?? 0) + 1;
  const after = await writtenBy(service);
  const lost = [...before.written].filter((line) => !after.has(line));
  assert.deepEqual(lost, [], label);
  checkUntouched({ before: before.files, after: service.all(), releases, number }, label);
  const again = await planned(service, shelf);
  assert.ok(again !== 'unsettled', label);
  assert.deepEqual(
    again.edits.map((one) => one.path),
    [],
    label,
  );
}

async function planned(
  service: MemoryService,
  shelf: ReturnType<typeof shelfOf>,
): Promise<Awaited<ReturnType<typeof planUpdate>> | 'unsettled'> {
  try {
    return await planUpdate(dir, shelf, {}, service);
  } catch (error) {
    if (error instanceof UserError && error.code === 'scaffold/unsettled') return 'unsettled';
    throw error;
  }
}

interface Compared {
  readonly before: ReadonlyMap<string, MemoryFile | Link>;
  readonly after: ReadonlyMap<string, MemoryFile | Link>;
  readonly releases: readonly Release[];
  readonly number: number;
}

/** A managed file that stood as the old version gave it, and that the new version has too, is as the new version gives it. */
function checkUntouched({ before, after, releases, number }: Compared, label: string): void {
  const [old, now] = [releases[number - 1], releases[number]].map((one) => {
    assert.ok(one);
    return renderVersion(templateOf(one), {}).files;
  });
  assert.ok(old && now);
  for (const [path, file] of old) {
    const [was, is] = [before.get(path), after.get(path)];
    const given = now.get(path);
    if (
      file.class === 'sample' ||
      !was ||
      isLink(was) ||
      !file.bytes.every((byte, at) => byte === was.bytes[at])
    )
      continue;
    if (was.bytes.length !== file.bytes.length || given === undefined) continue;
    assert.ok(is && !isLink(is), `${label}: ${path}`);
    assert.deepEqual(is.bytes, given.bytes, `${label}: ${path}`);
  }
}

void play(Number(process.argv[2]), Number(process.argv[3])).then((counts) => {
  process.stdout.write(JSON.stringify(counts));
});
