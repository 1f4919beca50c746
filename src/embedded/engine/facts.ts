import { isObject, stringAt } from '../../base/json';

/** What a deploy was given, as its client says it. */
export interface SourceFacts {
  readonly version?: string;
  readonly description?: string;
  readonly checksum?: string;
}

/** A `build` comes from a source; a `release` from what is kept already: a roll back, a change of variables, files of another service. */
export type DeployKind = 'build' | 'release';

/** What a deploy's record says of it in short. */
export interface DeployFacts {
  readonly id: string;
  readonly kind: DeployKind;
  readonly at: string;
  readonly updatedAt: string;
  readonly source: SourceFacts;
  /** The release that it made. */
  readonly release?: number;
  /** Undefined while it runs. */
  readonly outcome?: 'live' | 'failed';
}

export const unknownDeploy = (id: string): DeployFacts => ({
  id,
  kind: 'build',
  at: '',
  updatedAt: '',
  source: {},
});

/** The facts after one more event of the record, which is a line of it, parsed. */
export function told(facts: DeployFacts, event: unknown): DeployFacts {
  if (!isObject(event)) return facts;
  const at = stringAt(event, 'at') ?? facts.updatedAt;
  const { release, outcome } = event;
  switch (event['type']) {
    case 'started':
      return {
        ...facts,
        at,
        updatedAt: at,
        kind: event['kind'] === 'release' ? 'release' : 'build',
        source: sourceOf(event['source']),
      };
    case 'release':
      return typeof release === 'number' ? { ...facts, updatedAt: at, release } : facts;
    case 'finished':
      return { ...facts, updatedAt: at, outcome: outcome === 'live' ? 'live' : 'failed' };
    default:
      return facts;
  }
}

/** The facts of a whole record. */
export function factsOf(id: string, lines: readonly string[]): DeployFacts {
  return lines.map(parsed).reduce<DeployFacts>(told, unknownDeploy(id));
}

/** One line of a record; undefined where it is none, as after a crash in the middle of a write. */
export function parsed(line: string): unknown {
  try {
    const value: unknown = JSON.parse(line);
    return value;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function sourceOf(value: unknown): SourceFacts {
  const version = stringAt(value, 'version');
  const description = stringAt(value, 'description');
  const checksum = stringAt(value, 'checksum');
  return {
    ...(version === undefined ? {} : { version }),
    ...(description === undefined ? {} : { description }),
    ...(checksum === undefined ? {} : { checksum }),
  };
}
