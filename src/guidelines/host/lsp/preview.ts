import { isObject, stringAt } from '../../../base/json';
import { nodeAt, operationAt, outlineOf, pointerOf } from '../../preview/outline';
import { operationView } from '../../preview/operation';
import { rowsIn } from '../../preview/schema';
import type { Spec } from '../../spec';
import type { TreeNode } from '../../tree';
import { specOf } from '../../spec';
import { uriOfSpec } from './located';
import type { Session } from './session';

/** Answers what the preview of a description asks; `null` is what is not there. */
export function servePreview(session: Session): void {
  const answer = (what: string, work: (spec: Spec, params: object) => unknown): void => {
    session.connection.onRequest(`servicewright/preview/${what}`, async (params: object) => {
      const spec = await descriptionOf(session, stringAt(params, 'uri') ?? '');
      return (spec && work(spec, params)) ?? null;
    });
  };
  const about = <T>(work: (node: TreeNode, spec: Spec) => T) => {
    return (spec: Spec, params: object): T | undefined => {
      const node = nodeAt(stringAt(params, 'pointer') ?? '', spec);
      return node && work(node, spec);
    };
  };
  answer('outline', outlineOf);
  answer('operation', about(operationView));
  answer(
    'schema',
    about((node, spec) => rowsIn(node, spec)),
  );
  answer(
    'range',
    about((node, spec) => {
      const owner = specOf(node) ?? spec;
      const range = owner.source.lines.rangeOf(node.keySpan ?? node);
      return owner === spec ? range : { ...range, uri: uriOfSpec(session, owner) };
    }),
  );
  answer('at', (spec, params) => {
    const offset = offsetIn(spec, params);
    const found = offset === undefined ? undefined : operationAt(spec, offset);
    return found && pointerOf(found, spec);
  });
}

function offsetIn(spec: Spec, params: object): number | undefined {
  const position: unknown = isObject(params) ? params['position'] : undefined;
  if (!isObject(position)) return undefined;
  const { line, character } = position;
  if (typeof line !== 'number' || typeof character !== 'number') return undefined;
  return spec.source.lines.offsetAt({ line, character });
}

/** The description as it is now; waits while somebody types. */
async function descriptionOf(session: Session, uri: string): Promise<Spec | undefined> {
  if ((await session.settingsFor(uri)) === 'off') return wholeOnly(session.documents.get(uri)?.read());
  for (;;) {
    const checked = await session.check(uri);
    if (checked !== undefined || !session.documents.has(uri)) return wholeOnly(checked?.spec);
  }
}

/** A part is previewed in its description. */
const wholeOnly = (spec: Spec | undefined): Spec | undefined => (spec?.isPart === true ? undefined : spec);
