import { isObject, isString, stringAt } from '../base/json';
import type { Stage } from './stage';
import { isStage } from './stage';

/** Why a deploy failed: a sentence, what to do next, and the lines that explain it. */
export interface DeployError {
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
  readonly lines: readonly string[];
}

/** What a platform says while it deploys; one JSON object a line on the embedded platform's wire. */
export type DeployEvent =
  | { readonly kind: 'started'; readonly deploy: string }
  | { readonly kind: 'stage'; readonly stage: Stage; readonly state: 'started' | 'done' | 'skipped' }
  | { readonly kind: 'log'; readonly line: string }
  | {
      readonly kind: 'ended';
      readonly outcome: 'live' | 'failed';
      readonly release?: number;
      readonly url?: string;
      readonly error?: DeployError;
    };

/** Reads one event; undefined when the value is none that this version knows. */
export function readEvent(value: unknown): DeployEvent | undefined {
  switch (stringAt(value, 'kind')) {
    case 'started': {
      const deploy = stringAt(value, 'deploy');
      return deploy === undefined ? undefined : { kind: 'started', deploy };
    }
    case 'stage':
      return readStage(value);
    case 'log': {
      const line = stringAt(value, 'line');
      return line === undefined ? undefined : { kind: 'log', line };
    }
    case 'ended':
      return readEnded(value);
    default:
      return undefined;
  }
}

function readStage(value: unknown): DeployEvent | undefined {
  if (!isObject(value)) return undefined;
  const { stage } = value;
  const state = (['started', 'done', 'skipped'] as const).find((one) => one === value['state']);
  return isStage(stage) && state !== undefined ? { kind: 'stage', stage, state } : undefined;
}

function readEnded(value: unknown): DeployEvent | undefined {
  if (!isObject(value)) return undefined;
  const { outcome, release } = value;
  if (outcome !== 'live' && outcome !== 'failed') return undefined;
  const url = stringAt(value, 'url');
  const error = readError(value['error']);
  return {
    kind: 'ended',
    outcome,
    ...(typeof release === 'number' ? { release } : {}),
    ...(url === undefined ? {} : { url }),
    ...(error ? { error } : {}),
  };
}

function readError(value: unknown): DeployError | undefined {
  const message = stringAt(value, 'message');
  if (message === undefined || !isObject(value)) return undefined;
  const hint = stringAt(value, 'hint');
  const lines = Array.isArray(value['lines']) ? value['lines'].filter(isString) : [];
  return {
    code: stringAt(value, 'code') ?? 'deploy/failed',
    message,
    ...(hint === undefined ? {} : { hint }),
    lines,
  };
}
