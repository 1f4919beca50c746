import type { Fix } from '../../../base/errors';
import { isObject, isString, stringAt, stringMap } from '../../../base/json';
import type { DeployError, DeployEvent, StageState } from '../../event';
import type { Process, RunEvent } from '../../provider';
import type { Release } from '../../release';
import { isStage } from '../../stage';

/** The parsing door of what platforms of ours say beside what Heroku does: values in, checked values out. */

export interface OwnProblem {
  readonly code: string;
  readonly lines: readonly string[];
  /** What to do next. */
  readonly hint?: string;
}

export function readOwnProblem(value: unknown): OwnProblem | undefined {
  const code = stringAt(value, 'code');
  if (!isObject(value) || code === undefined) return undefined;
  const hint = stringAt(value['fix'], 'label');
  return { code, lines: linesIn(value['lines']), ...(hint === undefined ? {} : { hint }) };
}

const linesIn = (value: unknown): readonly string[] => (Array.isArray(value) ? value.filter(isString) : []);

/** `{[key]: text}` where there is one. */
export function textOf<K extends string>(key: K, value: unknown): { readonly [P in K]?: string } {
  const text = stringAt(value, key);
  return (text === undefined ? {} : { [key]: text }) as { readonly [P in K]?: string };
}

/** What a release says of its code and of what it runs. */
export function readOwnRelease(
  value: unknown,
): Pick<Release, 'dirty' | 'commit' | 'processes' | 'quantities'> & { readonly description?: string } {
  if (!isObject(value)) return { dirty: false };
  return {
    dirty: value['dirty'] === true,
    ...textOf('commit', value),
    ...textOf('description', value),
    ...(isObject(value['processes']) ? { processes: stringMap(value['processes']) } : {}),
    ...(isObject(value['quantities']) ? { quantities: numberMap(value['quantities']) } : {}),
  };
}

/** How a process is, in the words of its own platform. */
export function readOwnProcess(value: unknown): Pick<Process, 'state' | 'since'> | undefined {
  const state = stringAt(value, 'state');
  return state === undefined ? undefined : { state, since: stringAt(value, 'since') ?? '' };
}

function numberMap(value: Readonly<Record<string, unknown>>): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, number] => typeof entry[1] === 'number'),
  );
}

/** Reads one line of a deploy's events; undefined when it is none that this version knows. */
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
    case 'release': {
      const release = isObject(value) ? value['release'] : undefined;
      return typeof release === 'number' ? { type: 'released', release } : undefined;
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
  const error = readError(value['error']);
  return {
    type: 'finished',
    outcome,
    ...(typeof release === 'number' ? { release } : {}),
    ...textOf('url', value),
    ...(error ? { error } : {}),
  };
}

function readError(value: unknown): DeployError | undefined {
  const message = stringAt(value, 'message');
  if (message === undefined || !isObject(value)) return undefined;
  const fix = readFix(value['fix']);
  const lines = linesIn(value['lines']);
  return { code: stringAt(value, 'code') ?? 'deploy/failed', message, ...(fix ? { fix } : {}), lines };
}

/** The platform may point to a file or give a hint; it may not name commands of the editor. */
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

/** One line of a command that runs once. */
export function readRunEvent(value: unknown): RunEvent | undefined {
  if (!isObject(value)) return undefined;
  const { type, code } = value;
  if (type === 'exit') return typeof code === 'number' ? { type, code } : undefined;
  const text = stringAt(value, 'text');
  const stream = value['stream'] === 'stderr' ? 'stderr' : 'stdout';
  return type === 'out' && text !== undefined ? { type, stream, text } : undefined;
}
