import { isObject, isString, stringAt } from '../../base/json';
import { parsed } from '../engine/facts';
import type { DeployKind } from '../engine/facts';
import type { Route } from './call';
import { ndjson, opened, text } from './call';
import type { ApiParts } from './parts';
import { appOf } from './parts';

/** What a deploy tells, by the addresses that builds and releases name: as text, in two parts as at Heroku, or event by event. */
export function streamRoutes(parts: ApiParts): readonly Route[] {
  return [
    opened(/^\/streams\/([^/]+)\/([\w-]+)\/(build|release|events)$/, async (call) => {
      const [, deploy = '', part] = call.parameters;
      const app = appOf(parts, call);
      const lines = await app.follow(deploy, call.signal);
      if (part === 'events') return ndjson(lines);
      const kind = app.deploys().find((one) => one.id === deploy)?.kind ?? 'build';
      return text(wordsOf(lines, kind, part === 'build' ? 'build' : 'release'), true);
    }),
  ];
}

/** The words of one part of a deploy. What comes before its release is the build's; without a build all of it is the release's. */
export async function* wordsOf(
  lines: AsyncIterable<string>,
  kind: DeployKind,
  part: 'build' | 'release',
): AsyncIterable<string> {
  let isInside = part === 'build' || kind === 'release';
  for await (const line of lines) {
    const event = parsed(line);
    if (stringAt(event, 'type') === 'release') {
      if (part === 'build') return;
      isInside = true;
    } else if (isInside) yield* wordsIn(event);
  }
}

function* wordsIn(event: unknown): Iterable<string> {
  if (!isObject(event)) return;
  const { type, state, error } = event;
  if (type === 'log') yield stringAt(event, 'text') ?? '';
  if (type === 'stage' && state === 'started') yield `==> ${stringAt(event, 'stage') ?? ''}`;
  if (type !== 'finished' || !isObject(error)) return;
  const told = Array.isArray(error['lines']) ? error['lines'].filter(isString) : [];
  yield* told;
  yield stringAt(error, 'message') ?? 'It failed.';
}
