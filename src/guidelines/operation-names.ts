/** Names for operations, made from what is known of them. */
import { counted, fact } from './fact';
import { methodOf, pathOf, segmentsOf } from './openapi';
import type { Spec } from './spec';
import type { TreeNode } from './tree';
import type { Casing } from './words';
import { capitalized, toCasing, usualCasing, wordsOf } from './words';

const casings: readonly Casing[] = ['camelCase', 'snake_case', 'kebab-case', 'PascalCase'];

/** How many operations have each operation id. */
export const operationIds = counted((view) =>
  view.nodes('operation').flatMap((node) => node.stringAt('operationId') ?? []),
);

/** How most operation ids of the document are written; undefined when they agree on nothing. */
export const operationIdCasing = fact((spec: Spec): Casing | undefined =>
  usualCasing(operationIds(spec).keys(), casings),
);

const verbs: Readonly<Record<string, string>> = {
  get: 'get',
  post: 'create',
  put: 'replace',
  patch: 'update',
  delete: 'delete',
  query: 'search',
};

/** The thing that a path names, in words: `/v1/orders/{id}/items` gives `order items`. */
function subjectOf(path: string, isItem: boolean): readonly string[] {
  const segments = segmentsOf(path)
    .map((segment) => segment.text)
    .filter((text) => !/^(?:api|v\d[\d.]*)$/i.test(text));
  const named = segments.flatMap((text, at) => {
    if (text.includes('{')) return [];
    const isOne = segments[at + 1]?.includes('{') === true || (isItem && at === segments.length - 1);
    const words = wordsOf(text.replace(/\.\w+$/, ''));
    const last = words.at(-1) ?? '';
    return [[...words.slice(0, -1), isOne ? singular(last) : last]];
  });
  return named.slice(-2).flat();
}

function singular(word: string): string {
  if (/(?:ss|us|is)$/.test(word) || word.length < 4) return word;
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  if (/(?:xes|ches|shes|sses)$/.test(word)) return word.slice(0, -2);
  return word.replace(/s$/, '');
}

/** What an operation does, in words: `list`, `orders`. Empty when the path says nothing. */
export function wordsFor(operation: TreeNode): readonly string[] {
  // A webhook is named after what happened.
  if (operation.parent?.parent?.key === 'webhooks') return ['on', ...wordsOf(operation.parent.key ?? '')];
  const method = methodOf(operation) ?? 'get';
  const path = pathOf(operation) ?? '';
  const subject = subjectOf(path, method === 'post' && !path.endsWith('}'));
  return subject.length === 0 ? [] : [verbFor(method, path), ...subject];
}

function verbFor(method: string, path: string): string {
  const last = wordsOf(segmentsOf(path).at(-1)?.text ?? '').at(-1) ?? '';
  const isList = method === 'get' && !path.endsWith('}') && singular(last) !== last;
  return isList ? 'list' : (verbs[method] ?? method);
}

/** An operation id that no other operation has, written as the others of the document are; undefined when the path names nothing. */
export function proposeOperationId(operation: TreeNode, spec: Spec): string | undefined {
  const words = wordsFor(operation);
  if (words.length === 0) return undefined;
  const casing = operationIdCasing(spec) ?? 'camelCase';
  const taken = operationIds(spec);
  for (let number = 1; ; number += 1) {
    const id = toCasing(casing, [...words, ...(number === 1 ? [] : [String(number)])].join(' '));
    if (!taken.has(id)) return id;
  }
}

/** A summary from the operation id, or from method and path: `List orders`. */
export function proposeSummary(operation: TreeNode): string | undefined {
  const id = operation.stringAt('operationId');
  const words = id === undefined || wordsOf(id).length < 2 ? wordsFor(operation) : wordsOf(id);
  return words.length < 2 ? undefined : capitalized(words.join(' '));
}
