import { stringAt } from '../../../base/json';
import { Check } from '../../engine';
import { tallyOf } from '../../score';
import type { ScoreTally } from '../../score';
import { specSteps } from '../../spec';
import { finishInSlices } from '../../steps';
import type { Told } from '../../told';
import { ruleById } from './convert';
import type { ServerHost, Session } from './session';

/** Answers what the score of a description is made of, open or not; `null` when it is none, or guidelines are off. */
export function serveScore(session: Session, { turns }: ServerHost): void {
  session.connection.onRequest('servicewright/score', async (params: unknown) => {
    const uri = stringAt(params, 'uri') ?? '';
    return (
      (session.documents.has(uri) ? await ofOpen(session, uri) : await ofClosed(session, uri, turns)) ?? null
    );
  });
}

async function ofOpen(session: Session, uri: string): Promise<ScoreTally | undefined> {
  for (;;) {
    const checked = await session.check(uri);
    if (checked?.spec?.isPart === false) return tallyOf(checked.spec, checked.told.filter(isOfItself));
    if (checked !== undefined || !session.documents.has(uri)) return undefined;
  }
}

async function ofClosed(
  session: Session,
  uri: string,
  turns: ServerHost['turns'],
): Promise<ScoreTally | undefined> {
  const options = await session.optionsFor(uri);
  const text = options === 'off' ? undefined : await session.readText(uri);
  if (options === 'off' || text === undefined) return undefined;
  const slicing = { ...turns, signal: new AbortController().signal };
  const spec = await finishInSlices(specSteps(text.replace(/^\uFEFF/, '')), slicing);
  return spec && tallyOf(spec, await finishInSlices(new Check(spec, options).steps(), slicing));
}

/** A score is about a description by itself, whatever was before it. */
const isOfItself = ({ rule }: Told): boolean => ruleById.get(rule)?.before === undefined;
