import { isObject, stringAt } from '../base/json';

/** One release of an app: what ran, when, from which commit. */
export interface Release {
  readonly version: number;
  /** `current` serves; `failed` never did. */
  readonly status: 'current' | 'old' | 'failed';
  readonly createdAt: string;
  /** What made it: `Deploy 1a2b3c4`, `Roll back to v2`, or the message that was given. */
  readonly description: string;
  readonly commit?: string;
  /** Whether the tree had changes that the commit does not hold. */
  readonly dirty: boolean;
}

/** Reads a release of the platform's JSON; undefined when it is none. */
export function readRelease(value: unknown): Release | undefined {
  if (!isObject(value)) return undefined;
  const { version, dirty } = value;
  const status = (['current', 'old', 'failed'] as const).find((one) => one === value['status']);
  const createdAt = stringAt(value, 'createdAt');
  if (typeof version !== 'number' || status === undefined || createdAt === undefined) return undefined;
  const commit = stringAt(value, 'commit');
  return {
    version,
    status,
    createdAt,
    description: stringAt(value, 'description') ?? '',
    ...(commit === undefined ? {} : { commit }),
    dirty: dirty === true,
  };
}
