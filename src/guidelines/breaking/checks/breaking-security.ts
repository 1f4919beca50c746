import type { TreeNode } from '../../tree';
import type { Pair, Tell } from '../check';
import { defineBreaking } from '../check';

/** What a caller has to show: scopes by scheme. */
type Needs = ReadonlyMap<string, ReadonlySet<string>>;

function needsOf(list: TreeNode | undefined): readonly Needs[] {
  const alternatives = (list?.actual.children ?? []).map(
    (one) =>
      new Map(
        one.actual.children.map((scheme) => [
          scheme.key ?? '',
          new Set(scheme.actual.children.map((scope) => String(scope.actual.value))),
        ]),
      ),
  );
  // No list, or an empty one, asks for nothing.
  return alternatives.length === 0 ? [new Map()] : alternatives;
}

/** Whether who shows the second shows enough for the first. */
function isMet(needs: Needs, shown: Needs): boolean {
  return [...needs].every(([scheme, scopes]) => {
    const has = shown.get(scheme);
    return has !== undefined && [...scopes].every((scope) => has.has(scope));
  });
}

function textOf(needs: Needs): string {
  if (needs.size === 0) return 'nothing';
  return [...needs]
    .map(([scheme, scopes]) =>
      scopes.size === 0 ? `\`${scheme}\`` : `\`${scheme}\` (${[...scopes].join(', ')})`,
    )
    .join(' and ');
}

function compareNeeds(
  pair: Pair,
  [old, now]: readonly [TreeNode | undefined, TreeNode | undefined],
  tell: Tell,
): void {
  const is = needsOf(now);
  const refused = needsOf(old).find((shown) => !is.some((needs) => isMet(needs, shown)));
  if (refused === undefined) return;
  const whom = pair.scope.label === '' ? 'Callers' : `Callers of \`${pair.scope.label}\``;
  tell({
    at: now ?? pair.at,
    message: `${whom} that show ${textOf(refused)} are refused: they need ${is.map(textOf).join(', or ')} now.`,
    old: old ?? pair.before,
  });
}

export const breakingSecurity = defineBreaking({
  id: 'breaking-security',
  summary: 'Callers that were let in are still let in.',
  why: 'A caller that has the key, the token and the scopes of yesterday is answered 401 or 403 today.',
  before: `paths:
  /orders:
    get:
      security: [{ token: [orders:read] }]
      responses: { '204': { description: Nothing } }
components:
  securitySchemes:
    token: { type: openIdConnect, openIdConnectUrl: 'https://id.example.com' }
`,
  bad: `paths:
  /orders:
    get:
      security: [{ token: [orders:read, orders:list] }] # want
      responses: { '204': { description: Nothing } }
components:
  securitySchemes:
    token: { type: openIdConnect, openIdConnectUrl: 'https://id.example.com' }
`,
  good: `paths:
  /orders:
    get:
      security: [{ token: [orders:admin] }, { token: [orders:read] }]
      responses: { '204': { description: Nothing } }
components:
  securitySchemes:
    token: { type: openIdConnect, openIdConnectUrl: 'https://id.example.com' }
`,
  compare: {
    document(pair, tell) {
      compareNeeds(pair, [pair.before?.get('security'), pair.after?.get('security')], tell);
    },
    operation(pair, tell) {
      const { before, after, scope } = pair;
      if (before === undefined || after === undefined) return;
      const [own, next] = [before.get('security'), after.get('security')];
      // What holds for all is told of once, where it is written.
      if (own === undefined && next === undefined) return;
      const [old, now] = [own ?? scope.before.root.get('security'), next ?? scope.after.root.get('security')];
      compareNeeds({ ...pair, at: now === undefined ? after : pair.at }, [old, next ?? now], tell);
    },
  },
});
