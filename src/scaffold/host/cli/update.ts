import type { CliCommand, CliContext, CliInput } from '../../../base/cli';
import { join } from '../../../base/paths';
import { count } from '../../../base/text';
import { answerText } from '../../answers';
import { notAnAnswer } from '../../errors';
import type { Drift, Shelf, UpdateItem, UpdatePlan } from '../../update';
import {
  applyUpdate,
  changes,
  createShelf,
  driftOf,
  planUpdate,
  recordOf,
  recoverUpdate,
} from '../../update';
import { absolute } from './answers';

const done = 0;
const somethingLeft = 1;

/** `servicewright update`: 0 when nothing is left to do, 1 with `--check` where behind, 1 where conflicts are to be settled. */
export const updateCommand: CliCommand = {
  name: 'update',
  usage: '[dir]',
  summary: 'Bring a service to the newest version of its template, merging what was edited.',
  positionals: { min: 0, max: 1 },
  options: {
    check: { type: 'boolean', description: 'Only say whether the service is behind; exit code 1 if so.' },
    to: { type: 'string', value: '<version>', description: 'Go to this version, an older one too.' },
    set: {
      type: 'string',
      multiple: true,
      value: '<key=value>',
      description: 'Change one answer; several values are parted by commas.',
    },
    'dry-run': { type: 'boolean', description: 'Say what would change and change nothing.' },
    json: { type: 'boolean', description: 'Print one JSON document.' },
  },
  async run(input, context) {
    const dir = absolute(context.cwd, input.positionals[0] ?? '.');
    const said = await recoverUpdate(dir, context);
    if (said !== undefined) context.err(said);
    const world = { ...context, bundled: join(context.home, 'templates') };
    const shelf = createShelf(world, { signal: context.signal, base: dir });
    return input.flag('check') ? check(dir, shelf, input, context) : update(dir, shelf, input, context);
  },
};

async function check(dir: string, shelf: Shelf, input: CliInput, context: CliContext): Promise<number> {
  const { record } = await recordOf(dir, context.files);
  const { version } = await shelf.newest(record);
  const drift = await driftOf(dir, version, context.files);
  if (input.flag('json')) context.out(`${JSON.stringify(driftJson(dir, drift), null, 2)}\n`);
  else context.out(driftText(drift));
  for (const note of shelf.notes) context.err(note);
  return drift.isBehind ? somethingLeft : done;
}

function driftJson(dir: string, { record, newest, isBehind, files }: Drift): object {
  return { dir, template: record.id, version: record.version, newest, behind: isBehind, files };
}

function driftText({ record, newest, isBehind, files }: Drift): string {
  const state = isBehind ? `behind: ${newest} is there` : 'up to date';
  const drifted = files.filter((file) => file.state !== 'unchanged');
  const rows = drifted.map(({ path, state: one }) => `  ${one.padEnd(8)}  ${path}\n`);
  return `${record.id} ${record.version}, ${state}.\n${rows.join('')}`;
}

async function update(dir: string, shelf: Shelf, input: CliInput, context: CliContext): Promise<number> {
  const to = input.text('to');
  const { record } = await recordOf(dir, context.files);
  const set = Object.fromEntries(input.list('set').map((pair) => pairOf(pair, Object.keys(record.answers))));
  const options = { set, ...(to === undefined ? {} : { to }) };
  const plan = await planUpdate(dir, shelf, options, context);
  const dry = input.flag('dry-run');
  const left = dry ? [] : await applyUpdate(plan, context);
  for (const note of plan.notes) context.err(note);
  if (input.flag('json')) context.out(`${JSON.stringify(planJson(plan, { dry, left }), null, 2)}\n`);
  else tell(plan, { dry, left }, context);
  return conflictsIn(plan).length > 0 || left.length > 0 ? somethingLeft : done;
}

function pairOf(pair: string, keys: readonly string[]): readonly [string, string] {
  const cut = pair.indexOf('=');
  if (cut < 1) throw notAnAnswer(pair, keys);
  return [pair.slice(0, cut), pair.slice(cut + 1)];
}

const conflictsIn = ({ items }: UpdatePlan): readonly UpdateItem[] =>
  items.filter((item) => item.kind === 'conflict');

interface Done {
  readonly dry: boolean;
  /** Files that somebody changed in that very moment. */
  readonly left: readonly string[];
}

function planJson({ dir, from, to, items, notes, edits }: UpdatePlan, { dry, left }: Done): object {
  return {
    dir,
    template: to.id,
    from: from.version,
    to: to.version,
    applied: !dry && edits.length > 0,
    files: items.map(({ kind, path, from: old, reason, conflicts }) => ({
      path,
      kind,
      ...(old === undefined ? {} : { from: old }),
      reason,
      ...(conflicts === 0 ? {} : { conflicts }),
    })),
    notes,
    left,
  };
}

function tell(plan: UpdatePlan, { dry, left }: Done, context: CliContext): void {
  const { from, to } = plan;
  const rows = plan.items
    .filter((item) => item.kind !== 'same')
    .map((item) => `  ${item.kind.padEnd(8)}  ${nameOf(item)}  ${item.reason}\n`);
  context.out(rows.join(''));
  if (plan.edits.length === 0) {
    context.out(`${to.id} ${to.version}: nothing to update.\n`);
    return;
  }
  const what = `${from.id} ${from.version} → ${to.version}${answersChanged(plan)}`;
  const much = count(changes(plan).length, 'file');
  context.out(dry ? `A dry run: ${what}, ${much} would change.\n` : `Updated ${what}, ${much} changed.\n`);
  for (const path of left) context.err(`${path} was changed in that very moment and stayed as it is.`);
  const conflicts = conflictsIn(plan);
  if (!dry && conflicts.length > 0)
    context.err(
      `${count(conflicts.length, 'file')} to settle: ${conflicts.map((one) => one.path).join(', ')}.`,
    );
}

const nameOf = ({ path, from }: UpdateItem): string => (from === undefined ? path : `${from} → ${path}`);

function answersChanged({ from, to }: UpdatePlan): string {
  const changed = Object.entries(to.answers).filter(
    ([key, answer]) => JSON.stringify(from.answers[key]) !== JSON.stringify(answer),
  );
  return changed.length === 0
    ? ''
    : ` (${changed.map(([key, answer]) => `${key}: ${answerText(answer)}`).join('; ')})`;
}
