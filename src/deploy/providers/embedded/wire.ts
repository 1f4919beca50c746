import type { Fix } from '../../../base/errors';
import { isObject, isString, stringAt, stringMap } from '../../../base/json';
import type { DeployError, DeployEvent, StageState } from '../../event';
import type { Process, TargetStatus } from '../../provider';
import type { Release } from '../../release';
import { isStage } from '../../stage';

/** The parsing door of the embedded platform's wire: unknown JSON in, checked values out. */

/** Reads one line of a deploy's stream; undefined when it is none that this version knows. */
export function readEvent(value: unknown): DeployEvent | undefined {
  switch (stringAt(value, 'type')) {
    case 'started': {
      const deploy = stringAt(value, 'deploy');
      return deploy === undefined ? undefined : { type: 'started', deploy };
    }
    case 'stage':
      return readStage(value);
    case 'log': {
      const text = stringAt(value, 'text');
      return text === undefined ? undefined : { type: 'log', text };
    }
    case 'finished':
      return readFinished(value);
    default:
      return undefined;
  }
}

const stageStates: readonly StageState[] = ['started', 'done', 'failed', 'skipped'];

function readStage(value: unknown): DeployEvent | undefined {
  if (!isObject(value)) return undefined;
  const { stage } = value;
  const state = stageStates.find((one) => one === value['state']);
  const seconds = typeof value['seconds'] === 'number' ? value['seconds'] : 0;
  return isStage(stage) && state !== undefined ? { type: 'stage', stage, state, seconds } : undefined;
}

function readFinished(value: unknown): DeployEvent | undefined {
  if (!isObject(value)) return undefined;
  const { outcome, release } = value;
  if (outcome !== 'live' && outcome !== 'failed') return undefined;
  const url = stringAt(value, 'url');
  const error = readError(value['error']);
  return {
    type: 'finished',
    outcome,
    ...(typeof release === 'number' ? { release } : {}),
    ...(url === undefined ? {} : { url }),
    ...(error ? { error } : {}),
  };
}

function readError(value: unknown): DeployError | undefined {
  const message = stringAt(value, 'message');
  if (message === undefined || !isObject(value)) return undefined;
  const fix = readFix(value['fix']);
  const lines = Array.isArray(value['lines']) ? value['lines'].filter(isString) : [];
  return { code: stringAt(value, 'code') ?? 'deploy/failed', message, ...(fix ? { fix } : {}), lines };
}

/** The engine may point to a file, an address or give a hint; it may not name commands of the editor. */
function readFix(value: unknown): Fix | undefined {
  const label = stringAt(value, 'label');
  if (label === undefined || !isObject(value)) return undefined;
  const path = stringAt(value, 'path');
  if (value['kind'] === 'file' && path !== undefined) {
    const { line } = value;
    return { kind: 'file', label, path, ...(typeof line === 'number' ? { line } : {}) };
  }
  return { kind: 'hint', label };
}

/** Reads how an app is, of its summary and its dynos. */
export function readStatus(summary: unknown, dynos: unknown): TargetStatus {
  const url = stringAt(summary, 'url');
  const deploy = stringAt(summary, 'deploy');
  const release = isObject(summary) ? summary['release'] : undefined;
  const processes = Array.isArray(dynos) ? dynos : [];
  return {
    ...(url === undefined ? {} : { url }),
    ...(typeof release === 'number' ? { release } : {}),
    processes: processes.map(readProcess).filter((one) => one !== undefined),
    ...(deploy === undefined ? {} : { deploy }),
  };
}

function readProcess(value: unknown): Process | undefined {
  const name = stringAt(value, 'name');
  const state = stringAt(value, 'state');
  if (name === undefined || state === undefined) return undefined;
  const release = isObject(value) ? value['release'] : undefined;
  return {
    name,
    state,
    since: stringAt(value, 'since') ?? '',
    ...(typeof release === 'number' && release > 0 ? { release } : {}),
  };
}

const releaseStates: Readonly<Record<string, Release['status']>> = {
  live: 'current',
  superseded: 'old',
  failed: 'failed',
};

/** Reads releases, newest first; those that are not decided yet are left out. */
export function readReleases(value: unknown): readonly Release[] {
  const found = Array.isArray(value) ? value.map(readRelease).filter((one) => one !== undefined) : [];
  return found.toSorted((a, b) => b.version - a.version);
}

function readRelease(value: unknown): Release | undefined {
  if (!isObject(value)) return undefined;
  const { release: version, rollbackTo, dirty, eligible } = value;
  const status = releaseStates[stringAt(value, 'status') ?? ''];
  if (typeof version !== 'number' || status === undefined) return undefined;
  const commit = stringAt(value, 'commit');
  const made = typeof rollbackTo === 'number' ? `Roll back to v${rollbackTo}` : 'Deploy';
  return {
    version,
    status,
    createdAt: stringAt(value, 'at') ?? '',
    description: stringAt(value, 'message') ?? made,
    ...(commit === undefined ? {} : { commit }),
    ...(isObject(value['processes']) ? { processes: stringMap(value['processes']) } : {}),
    ...(isObject(value['quantities']) ? { quantities: numberMap(value['quantities']) } : {}),
    dirty: dirty === true,
    eligible: eligible === true,
  };
}

function numberMap(value: Readonly<Record<string, unknown>>): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, number] => typeof entry[1] === 'number'),
  );
}
