import { replaceValue } from '../edit';
import { formatPointer, parsePointer } from '../pointer';
import type { Fix } from '../rule';
import { defineRule } from '../rule';
import type { Spec } from '../spec';
import type { TreeNode } from '../tree';
import { meantBy } from '../words';

interface Miss {
  /** What exists of the way. */
  readonly known: readonly string[];
  readonly missing: string;
  readonly meant: string | undefined;
}

function missOf(ref: string, spec: Spec): Miss {
  const segments = parsePointer(ref.slice(1));
  const at = segments.findIndex(
    (_, index) => spec.resolve(`#${formatPointer(segments.slice(0, index + 1))}`) === undefined,
  );
  const known = segments.slice(0, at);
  const missing = segments[at] ?? '';
  const meant = meantBy(missing, spec.resolve(`#${formatPointer(known)}`)?.actual.keys ?? []);
  return { known, missing, meant };
}

function fixOf(spec: Spec, at: TreeNode, ref: string, { known, meant }: Miss): Fix | undefined {
  if (meant === undefined) return undefined;
  const rest = parsePointer(ref.slice(1)).slice(known.length + 1);
  const target = `#${formatPointer([...known, meant, ...rest])}`;
  if (spec.resolve(target) === undefined) return undefined;
  return { title: `Refer to ${meant}`, safe: true, edits: () => replaceValue(spec, at, target) };
}

/** A schema with an `$id` starts a base of its own, so `#/…` below it does not mean this document. */
function hasOwnBase(node: TreeNode): boolean {
  for (let at: TreeNode | undefined = node; at !== undefined; at = at.parent) if (at.has('$id')) return true;
  return false;
}

export const unresolvedRef = defineRule({
  id: 'unresolved-ref',
  summary: 'Every `$ref` into this document leads somewhere.',
  why: 'Documentation, clients and tests can’t be made from a description with a hole in it; most tools stop at the first.',
  severity: 'error',
  source: {
    guideline: 'OpenAPI Specification',
    ref: 'Reference Object',
    url: 'https://spec.openapis.org/oas/v3.1.1.html#reference-object',
  },
  fixable: true,
  presets: ['recommended', 'strict', 'spectral-oas', 'redocly-recommended'],
  bad: `components:
  schemas:
    Order:
      type: object
    Orders:
      type: array
      items:
        $ref: '#/components/schemas/Oder' # want
`,
  good: `components:
  schemas:
    Order:
      type: object
    Orders:
      type: array
      items:
        $ref: '#/components/schemas/Order'
`,
  wholeDocument: true,
  visit: {
    ref(node, report, spec) {
      const at = node.get('$ref');
      const ref = at?.string;
      if (at === undefined || ref === undefined || !(ref === '#' || ref.startsWith('#/'))) return;
      if (spec.resolve(ref) !== undefined || hasOwnBase(node)) return;
      const miss = missOf(ref, spec);
      const place = miss.known.length === 0 ? 'this document' : `\`${miss.known.join('/')}\``;
      const hint = miss.meant === undefined ? '' : ` Did you mean \`${miss.meant}\`?`;
      report({
        at,
        on: 'value',
        message: `This reference leads nowhere: ${place} has no \`${miss.missing}\`.${hint}`,
        fix: fixOf(spec, at, ref, miss),
      });
    },
  },
});
