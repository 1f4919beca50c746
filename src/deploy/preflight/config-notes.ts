import { UserError, isAbort, messageOf } from '../../base/errors';
import { isObject, stringAt } from '../../base/json';
import { join } from '../../base/paths';
import { count } from '../../base/text';
import { parseJson } from '../providers/lines';
import type { Note } from '../provider';
import type { KeyRead } from './config-keys';
import { keysRead } from './config-keys';
import type { Looking } from './look';
import { pythonFiles } from './source-files';

/** What every process has, whoever starts it. */
const always = new Set(
  'PORT DYNO PATH HOME PWD USER SHELL LANG TZ TMPDIR HOSTNAME PYTHONPATH PYTHONUNBUFFERED DJANGO_SETTINGS_MODULE'.split(
    ' ',
  ),
);

/** A variable that code reads, and where it does so first. */
interface Reading extends KeyRead {
  readonly path: string;
}

/** Variables that the code reads and the target lacks; a warning where reading one throws. */
export async function configNotes(looking: Looking): Promise<readonly Note[]> {
  const { target, world, signal } = looking;
  const files = await pythonFiles(target.dir, world.files, signal);
  const reads = files.flatMap(({ path, text }) => keysRead(text).map((one) => ({ ...one, path })));
  if (reads.length === 0) return [];
  const has = await keysOfTarget(looking);
  if (typeof has === 'string') return [{ level: 'info', code: 'deploy/config-unknown', message: has }];
  return lacking(reads, has, target.environment.name);
}

/** Pure: what of `reads` is not in `has`. A key that any place needs is needed. */
export function lacking(
  reads: readonly Reading[],
  has: ReadonlySet<string>,
  environment: string,
): readonly Note[] {
  const byKey = new Map<string, Reading>();
  for (const one of reads.filter(({ name }) => !always.has(name) && !has.has(name))) {
    const known = byKey.get(one.name);
    if (!known || rank[one.need] > rank[known.need]) byKey.set(one.name, one);
  }
  const all = [...byKey.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const required = all.filter((one) => one.need === 'required');
  const optional = all.filter((one) => one.need === 'optional');
  return [
    ...noteOf(
      required,
      'warning',
      'deploy/config-missing',
      (what) => `The code needs ${what}, which ${environment} does not have.`,
    ),
    ...noteOf(
      optional,
      'info',
      'deploy/config-optional',
      (what) => `The code also reads ${what}, which ${environment} does not have.`,
    ),
  ];
}

const rank: Readonly<Record<KeyRead['need'], number>> = { default: 0, optional: 1, required: 2 };
const mostNamed = 5;

// oxlint-disable-next-line max-params
function noteOf(
  reads: readonly Reading[],
  level: Note['level'],
  code: string,
  say: (what: string) => string,
): readonly Note[] {
  if (reads.length === 0) return [];
  const names = reads.map(({ name }) => name);
  const what =
    names.length <= mostNamed
      ? names.join(', ')
      : `${names.slice(0, mostNamed).join(', ')} and ${count(names.length - mostNamed, 'more variable')}`;
  const details = reads.map(({ name, path, line }) => `${name} in ${path}:${line + 1}`);
  return [{ level, code, message: say(what), details }];
}

/** The names that the processes will have, or a sentence that says why they are not known. */
async function keysOfTarget(looking: Looking): Promise<ReadonlySet<string> | string> {
  const { provider, target, plan, signal } = looking;
  const names = new Set([...Object.keys(target.environment.config), ...(provider.gives ?? [])]);
  if (provider.caps.source === 'tree') for (const name of await appJsonKeys(looking)) names.add(name);
  if (!provider.config)
    return provider.caps.source === 'tree' ? names : `${provider.title} tells no variables.`;
  if (plan.notes.some((one) => one.level === 'blocker' && one.code !== 'deploy/no-image')) return names;
  try {
    for (const name of Object.keys(await provider.config.read(target, undefined, signal))) names.add(name);
  } catch (error) {
    if (isAbort(error)) throw error;
    if (!isNoApp(error)) return `The variables of ${target.app} could not be asked for: ${messageOf(error)}`;
  }
  return names;
}

const isNoApp = (error: unknown): boolean =>
  error instanceof UserError && (error.code === 'deploy/no-such-app' || error.code === 'deploy/no-release');

/** What `env` of app.json gives by itself. What it requires and nobody gives, the platform refuses with words of its own. */
async function appJsonKeys({ target, world }: Looking): Promise<readonly string[]> {
  const value = parseJson((await world.files.readText(join(target.dir, 'app.json'))) ?? '');
  const env = isObject(value) ? value['env'] : undefined;
  if (!isObject(env)) return [];
  return Object.entries(env)
    .filter(
      ([, one]) =>
        typeof one === 'string' ||
        stringAt(one, 'value') !== undefined ||
        stringAt(one, 'generator') === 'secret',
    )
    .map(([name]) => name);
}
