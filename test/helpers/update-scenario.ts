import { UserError } from '../../src/base/errors';
import type { Answers } from '../../src/scaffold';
import { readRecord, recordFile } from '../../src/scaffold/record';
import type { UpdatePlan } from '../../src/scaffold/update';
import { applyUpdate, planUpdate } from '../../src/scaffold/update';
import type { Link, MemoryFile, MemoryService } from './memory-service';
import { dir, isLink } from './memory-service';
import type { Edits, Release } from './update-world';
import { edit, serviceOf, shelfOf } from './update-world';

/** A service from 1.0.0, what its people did to it, and 1.1.0: one row of the golden tables. */
export interface Scenario {
  readonly name: string;
  readonly base: Release['files'];
  readonly ours?: Edits;
  readonly theirs: Release['files'];
  /** Parts of the releases other than their files. */
  readonly baseParts?: Partial<Release>;
  readonly theirParts?: Partial<Release>;
  readonly answers?: Answers;
  readonly set?: Answers;
  readonly to?: string;
  /** Further releases that can be had. */
  readonly others?: readonly Release[];
  /** 1.0.0 can't be had any more, or gives something else now. */
  readonly lost?: true | Release['files'];
  /** The record is one of an older tool. */
  readonly old?: boolean;
}

const never = new AbortController().signal;

/** Makes the service, updates it, updates it again, and tells what happened. */
export async function play(scenario: Scenario): Promise<string> {
  const { service, shelf } = await setUp(scenario);
  const before = service.all();
  const { set, to } = scenario;
  const options = { ...(set ? { set } : {}), ...(to === undefined ? {} : { to }) };
  const lines = [`## ${scenario.name}`];
  try {
    const plan = await planUpdate(dir, shelf, options, service);
    await applyUpdate(plan, { trees: service.trees, signal: never });
    lines.push(...told(plan), ...changedFiles(before, service));
    lines.push(...(await again(service, shelf, to)));
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    lines.push(`refused: ${error.message}`, ...error.lines.map((line) => `  ${line}`));
    lines.push(...changedFiles(before, service));
  }
  return `${lines.join('\n')}\n`;
}

async function setUp(
  scenario: Scenario,
): Promise<{ readonly service: MemoryService; readonly shelf: ReturnType<typeof shelfOf> }> {
  const { base, theirs, answers = {}, old = false, lost, others = [] } = scenario;
  const first: Release = { version: '1.0.0', files: base, ...scenario.baseParts };
  const second: Release = { version: '1.1.0', files: theirs, ...scenario.theirParts };
  const service = await serviceOf(first, { answers, old });
  edit(service, scenario.ours ?? {});
  const olds = lost === true ? [] : [{ ...first, files: lost ?? base }];
  return {
    service,
    shelf: shelfOf(...others, ...olds.filter((one) => one.version !== second.version), second),
  };
}

/** A second update finds nothing to do. */
async function again(
  service: MemoryService,
  shelf: Parameters<typeof planUpdate>[1],
  to: string | undefined,
): Promise<readonly string[]> {
  const plan = await planUpdate(dir, shelf, to === undefined ? {} : { to }, service);
  return plan.edits.map((one) => `AGAIN: ${one.path} would change`);
}

function told({ from, to, items, notes }: UpdatePlan): readonly string[] {
  return [
    `${from.id} ${from.version} -> ${to.version}`,
    ...notes.map((note) => `note: ${note}`),
    ...items.map((item) => {
      const path = item.from === undefined ? item.path : `${item.from} => ${item.path}`;
      return `${item.kind.padEnd(8)} ${path}: ${item.reason}`;
    }),
  ];
}

function changedFiles(
  before: ReadonlyMap<string, MemoryFile | Link>,
  service: MemoryService,
): readonly string[] {
  const after = service.all();
  const paths = [...new Set([...before.keys(), ...after.keys()])].sort();
  return paths.flatMap((path) => {
    const [was, is] = [before.get(path), after.get(path)];
    if (path === recordFile) return recorded(is);
    if (is === undefined) return [`- ${path}`];
    if (isLink(is)) return [`  ${path} (link)`];
    const isSame = was !== undefined && !isLink(was) && Buffer.compare(was.bytes, is.bytes) === 0;
    const bit = is.executable ? ' (executable)' : '';
    if (isSame && was.executable === is.executable) return [`  ${path}${bit}`];
    return [`${was === undefined ? '+' : '*'} ${path}${bit}`, ...shown(is.bytes)];
  });
}

function recorded(file: MemoryFile | Link | undefined): readonly string[] {
  if (file === undefined || isLink(file)) return [`- ${recordFile}`];
  const record = readRecord(Buffer.from(file.bytes).toString('utf8'));
  const answers = JSON.stringify(record?.answers);
  return [`record ${record?.version} ${answers} ${Object.keys(record?.files ?? {}).join(' ')}`];
}

function shown(bytes: Uint8Array): readonly string[] {
  if (bytes.includes(0)) return [`    binary ${Buffer.from(bytes).toString('hex')}`];
  const text = Buffer.from(bytes).toString('utf8');
  const lines = text.split('\n');
  const last = lines.pop() ?? '';
  const visible = (line: string): string => `    |${line.replace('\r', '\\r').replace('\uFEFF', '\\uFEFF')}`;
  return [...lines.map(visible), ...(last === '' ? [] : [visible(last), '    (no line end)'])];
}
