import { isObject, isString, stringAt } from '../base/json';
import type { Journals } from '../base/ports';
import type { DeployEvent, Outcome } from './event';
import { parseJson } from './providers/lines';
import type { Target } from './provider';
import type { DeployResult, StageResult } from './run';
import { isStage } from './stage';

/** What is known of a deploy when it begins. Never a secret. */
export interface DeployHead {
  readonly kind: 'deploy' | 'rollback';
  readonly platform: string;
  readonly environment: string;
  readonly app: string;
  /** The service's folder. */
  readonly dir: string;
  /** Who deployed: the account on the platform, else who git says commits here. */
  readonly who?: string;
  readonly commit?: string;
  readonly dirty: boolean;
  readonly image?: string;
  readonly message?: string;
  /** The newest release before it. */
  readonly before?: number;
  /** The process that follows it; when that is gone and no end was written, nobody does. */
  readonly pid: number;
}

/** A deploy that was begun from this machine. */
export interface DeployRecord extends DeployHead {
  readonly id: string;
  readonly startedAt: string;
  readonly endedAt?: string;
  /** The platform's own name for it. */
  readonly deploy?: string;
  /** Undefined while it runs, and when whoever followed it was killed. */
  readonly outcome?: Outcome;
  readonly release?: number;
  readonly url?: string;
  readonly stages: readonly StageResult[];
  readonly error?: { readonly code: string; readonly message: string };
  readonly log: readonly string[];
}

/** The record of a deploy that is under way. A record that can't be written stops no deploy. */
export interface Recording {
  readonly id: string;
  event(event: DeployEvent): void;
  /** Writes how it ended and waits until all is written. */
  end(result: DeployResult): Promise<void>;
}

/** The deploys that were begun from this machine; one file each, a line for everything that happened, so that a crash loses a line at most. */
export interface Records {
  begin(head: DeployHead): Promise<Recording>;
  /** Of one app in one environment, newest first. */
  of(target: Target, platform: string, most?: number): Promise<readonly DeployRecord[]>;
  get(id: string): Promise<DeployRecord | undefined>;
  /** Ends a record whose writer is gone. */
  settle(id: string, result: DeployResult): Promise<void>;
}

const mostKept = 50;

export interface RecordsOptions {
  readonly journals: Journals;
  readonly now: () => Date;
  /** Told when a record can't be written. */
  readonly warn: (error: unknown) => void;
}

export function createRecords(options: RecordsOptions): Records {
  const { journals } = options;
  const get: Records['get'] = async (id) => {
    const text = await journals.read(id);
    return text === undefined ? undefined : readRecord(id, text);
  };
  return {
    get,
    begin: (head) => begin(options, head),
    async of(target, platform, most = mostKept) {
      const names = await namesOf(journals, prefixOf(platform, target.environment.name, target.app));
      const found = await Promise.all(names.slice(0, most).map(get));
      return found.filter((one) => one !== undefined).filter((one) => one.dir === target.dir);
    },
    async settle(id, result) {
      // Ends the half line that a crash may have left.
      await journals.append(id, '');
      await journals.append(id, lineOf(options.now(), { type: 'result', result }));
    },
  };
}

const lineOf = (at: Date, value: object): string => JSON.stringify({ at: at.toISOString(), ...value });

/** Newest first. */
async function namesOf(journals: Journals, prefix: string): Promise<readonly string[]> {
  return (await journals.list())
    .filter((name) => name.startsWith(prefix))
    .toSorted()
    .toReversed();
}

async function begin({ journals, now, warn }: RecordsOptions, head: DeployHead): Promise<Recording> {
  const prefix = prefixOf(head.platform, head.environment, head.app);
  const id = `${prefix}${now().toISOString().replaceAll(/[:.]/g, '-')}-${head.pid}`;
  const safely = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      warn(error);
    }
  };
  await safely(async () => {
    for (const old of (await namesOf(journals, prefix)).slice(mostKept - 1)) await journals.remove(old);
    await journals.append(id, lineOf(now(), { type: 'head', head }));
  });
  // In order, and never two at once; a deploy does not wait for its record.
  let written = Promise.resolve();
  const write = (value: object): void => {
    const line = lineOf(now(), value);
    written = written.then(() => safely(() => journals.append(id, line)));
  };
  return {
    id,
    event(event) {
      if (event.type !== 'progress' && event.type !== 'finished') write(event);
    },
    async end(result) {
      write({ type: 'result', result });
      await written;
    },
  };
}

/** Names hold letters, digits, hyphens and dots; `_` stands between the parts. */
function prefixOf(platform: string, environment: string, app: string): string {
  return `${[platform, environment, app].map((part) => part.replaceAll(/[^A-Za-z0-9.-]/g, '-')).join('_')}_`;
}

/** Puts the lines of a record together; what can't be read, as the last line of a crash, is passed over. */
export function readRecord(id: string, text: string): DeployRecord | undefined {
  const lines = text.split('\n').map(parseJson).filter(isObject);
  const first = lines[0];
  const head = first && first['type'] === 'head' ? readHead(first['head']) : undefined;
  if (!head) return undefined;
  const end = lines.findLast((one) => one['type'] === 'result');
  const log = lines
    .map((one) => (one['type'] === 'log' ? stringAt(one, 'text') : undefined))
    .filter(isString);
  const deploy = lines
    .map((one) => (one['type'] === 'started' ? stringAt(one, 'deploy') : undefined))
    .find(isString);
  const released = lines.findLast((one) => one['type'] === 'released')?.['release'];
  return {
    ...head,
    id,
    startedAt: stringAt(first, 'at') ?? '',
    log,
    ...(deploy === undefined ? {} : { deploy }),
    ...(typeof released === 'number' ? { release: released } : {}),
    stages: [],
    ...(end ? readEnd(end) : {}),
  };
}

function readHead(value: unknown): DeployHead | undefined {
  if (!isObject(value)) return undefined;
  const text = (key: string): string => stringAt(value, key) ?? '';
  const { before, pid } = value;
  const optional = Object.fromEntries(
    ['who', 'commit', 'image', 'message']
      .map((key) => [key, stringAt(value, key)])
      .filter(([, one]) => one !== undefined),
  ) as Partial<Record<'who' | 'commit' | 'image' | 'message', string>>;
  return {
    kind: value['kind'] === 'rollback' ? 'rollback' : 'deploy',
    platform: text('platform'),
    environment: text('environment'),
    app: text('app'),
    dir: text('dir'),
    dirty: value['dirty'] === true,
    pid: typeof pid === 'number' ? pid : 0,
    ...optional,
    ...(typeof before === 'number' ? { before } : {}),
  };
}

const outcomes: readonly Outcome[] = ['live', 'failed', 'unknown'];

type End = Partial<Pick<DeployRecord, 'endedAt' | 'outcome' | 'release' | 'url' | 'error' | 'stages'>>;

function readEnd(line: Readonly<Record<string, unknown>>): End {
  const result = line['result'];
  if (!isObject(result)) return {};
  const outcome = outcomes.find((one) => one === result['outcome']);
  const { release } = result;
  const url = stringAt(result, 'url');
  const code = stringAt(result['error'], 'code');
  const message = stringAt(result['error'], 'message');
  return {
    endedAt: stringAt(line, 'at') ?? '',
    stages: readStages(result['stages']),
    ...(outcome === undefined ? {} : { outcome }),
    ...(typeof release === 'number' ? { release } : {}),
    ...(url === undefined ? {} : { url }),
    ...(code === undefined || message === undefined ? {} : { error: { code, message } }),
  };
}

function readStages(value: unknown): readonly StageResult[] {
  if (!Array.isArray(value)) return [];
  const found = value.map((one: unknown): StageResult | undefined => {
    if (!isObject(one)) return undefined;
    const { name, outcome, seconds } = one;
    const known = (['done', 'failed', 'skipped', 'unknown'] as const).find((word) => word === outcome);
    if (!isStage(name) || known === undefined || typeof seconds !== 'number') return undefined;
    return { name, outcome: known, seconds };
  });
  return found.filter((one) => one !== undefined);
}
