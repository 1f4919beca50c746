import { isObject, stringAt } from '../../../base/json';
import type { DeployEvent } from '../../event';
import { parseJson } from '../lines';
import { splitObjects } from '../objects';
import { Pull } from './pull';

/**
 * What a deploy's stream says, line by line. Docker's lines end in CRLF, Empire's in LF; a chunk may hold several, a line is blank at
 * times; an error comes inside a 200, perhaps twice, and the last says most.
 */
export class DeployStream {
  #phase: 'pull' | 'create' | 'boot' = 'pull';
  readonly #pull = new Pull();
  readonly #errors: string[] = [];
  readonly #inactive: string[] = [];
  readonly #services: string[] = [];
  #release: number | undefined;
  #isFinished = false;
  #isSuperseded = false;
  #hasSpoken = false;

  /** The release that was created, once it was. */
  get release(): number | undefined {
    return this.#release;
  }
  /** The part that is under way: Empire pulls the image, makes the release, hands it to the scheduler. */
  get phase(): 'pull' | 'create' | 'boot' {
    return this.#phase;
  }
  /** Every error, in order. */
  get errors(): readonly string[] {
    return this.#errors;
  }
  /** Services of which another rollout took over; the server waits for no other then (scheduler/cloudformation/cloudformation.go). */
  get inactive(): readonly string[] {
    return this.#inactive;
  }
  /** The process types that it named as services: what runs by the clock, or only when it is called, is never one. */
  get services(): readonly string[] {
    return this.#services;
  }
  /** Whether the line came that ends each deploy that was not refused. */
  get isFinished(): boolean {
    return this.#isFinished;
  }
  /** Whether a newer release took over before the scheduler was done. */
  get isSuperseded(): boolean {
    return this.#isSuperseded;
  }
  /** Whether anything came at all. */
  get hasSpoken(): boolean {
    return this.#hasSpoken;
  }

  /** The events of one line of the body. */
  take(line: string): readonly DeployEvent[] {
    const text = line.replaceAll('\0', '').trim();
    if (text === '') return [];
    this.#hasSpoken = true;
    return splitObjects(text).flatMap((part) => this.#takeObject(part));
  }

  #takeObject(text: string): readonly DeployEvent[] {
    const value = parseJson(text);
    // Half a line, or a proxy's page: shown, and nothing is concluded from it.
    if (!isObject(value)) return [{ type: 'log', text }];
    const error = errorOf(value);
    if (error !== undefined) {
      this.#errors.push(error);
      return [{ type: 'log', text: error }];
    }
    const created = this.#note(stringAt(value, 'status') ?? '');
    return [
      ...this.#pull.take(value),
      ...(created === undefined ? [] : [{ type: 'released', release: created } as const]),
    ];
  }

  /** Gives the release when this is the line that tells of it. */
  #note(status: string): number | undefined {
    const said = status.replace(/^Status: /, '');
    if (/^(Resolved |Image has no repository digests|Extracted Procfile|Generating Procfile)/.test(said))
      this.#phase = 'create';
    if (/superseded by newer release/.test(said)) this.#isSuperseded = true;
    // The first form is that of 0.13, the second of 0.12.
    const [, now, before] =
      /^(?:Service (\S+) became \w+|Deployment (?:stable|in progress) for (\S+))/.exec(said) ?? [];
    const service = now ?? before;
    if (service !== undefined) this.#services.push(service);
    if (now !== undefined && said.endsWith(' inactive')) this.#inactive.push(now);
    if (/^Finished processing events for release v\d+/.test(said)) this.#isFinished = true;
    const version = /^Created new release v(\d+) for /.exec(said)?.[1];
    if (version === undefined) return undefined;
    this.#phase = 'boot';
    this.#release = Number(version);
    return this.#release;
  }
}

/** `{"errorDetail":{"message":…},"error":…}`; either half may be missing. */
function errorOf(value: Readonly<Record<string, unknown>>): string | undefined {
  const detail = value['errorDetail'];
  const message = stringAt(value, 'error') ?? stringAt(detail, 'message');
  if (message !== undefined && message !== '') return message;
  return isObject(detail) || typeof value['error'] === 'string' ? 'the platform gave no reason' : undefined;
}
