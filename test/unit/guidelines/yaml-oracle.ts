/** Compares our reader of YAML with the `yaml` package: the same value, or both refuse. */
import { isDeepStrictEqual } from 'node:util';
import { isAlias, isMap, isScalar, isSeq, parseDocument } from 'yaml';
import { Spec } from '../../../src/guidelines/spec';
import { finish } from '../../../src/guidelines/steps';
import type { TreeNode } from '../../../src/guidelines/tree';

/** What a tag of a language other than JSON makes of a value is nobody's concern here; our reader gives null. */
const foreignTag = /!!(?:binary|set|omap|pairs|timestamp)|!</;

/** What starts like JSON is judged as JSON: YAML allows more there, and an author of JSON does not mean it. */
const likeJson = /^[\s\uFEFF]*[{[]\s*(?:["}\]]|$)/;

type Value = { readonly value: unknown } | 'refused';

function ours(text: string, value: (root: TreeNode) => unknown): Value {
  const spec = new Spec(text);
  finish(spec.updateSteps());
  if (spec.source.problem !== undefined) return 'refused';
  const isEmpty = spec.source.isWhole && spec.source.chunks[0]?.root === undefined;
  return { value: isEmpty ? null : value(spec.root) };
}

const maxDepth = 40;

/** The value with lists of entries in the place of objects: order and doubled keys are seen. */
function valueOf(node: TreeNode, depth = 0): unknown {
  if (node.kind === 'alias') return ['*', node.source.slice(1)];
  if (node.kind === 'scalar' || depth > maxDepth) return node.value;
  if (node.kind === 'list') return node.children.map((child) => valueOf(child, depth + 1));
  return node.children.map((child) => [child.key, valueOf(child, depth + 1)]);
}

function theirs(text: string): Value {
  const document = parseDocument(text, { uniqueKeys: false, logLevel: 'silent', version: '1.2' });
  if (document.errors.length > 0) return 'refused';
  const anchors = new Set<string>();
  let isMissing = false;
  const plain = (node: unknown, depth: number): unknown => {
    if (isAlias(node)) {
      if (!anchors.has(node.source)) isMissing = true;
      return ['*', node.source];
    }
    if ((isMap(node) || isSeq(node) || isScalar(node)) && node.anchor !== undefined) anchors.add(node.anchor);
    if (isSeq(node)) return depth > maxDepth ? null : node.items.map((item) => plain(item, depth + 1));
    if (!isMap(node)) return scalar(isScalar(node) ? node.value : null);
    if (depth > maxDepth) return null;
    return node.items.map(({ key, value }) => [keyOf(key), plain(value, depth + 1)]);
  };
  const value = plain(document.contents, 0);
  return isMissing ? 'refused' : { value };
}

const scalar = (value: unknown): unknown =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;

function keyOf(key: unknown): string {
  if (isScalar(key)) return typeof key.value === 'string' ? key.value : (key.source ?? String(key.value));
  return isAlias(key) ? `*${key.source}` : '';
}

/** What JSON has no word for: whoever writes comments into it means them as such. */
const comment = /\/[/*]/;

/** What a text is in JSON, when it is sound; of a key that stands twice the last counts. */
function asJson(text: string): Value {
  try {
    return { value: JSON.parse(text.replace(/^\uFEFF/, '')) as unknown };
  } catch {
    return 'refused';
  }
}

/** The same value with objects in the place of lists of entries. */
function objectOf(node: TreeNode): unknown {
  if (node.kind === 'scalar' || node.kind === 'alias') return node.kind === 'scalar' ? node.value : null;
  if (node.kind === 'list') return node.children.map(objectOf);
  return Object.fromEntries(node.children.map((child) => [child.key, objectOf(child)]));
}

/** How the two readings differ; undefined when they agree. */
export function disagreement(text: string): string | undefined {
  if (foreignTag.test(text)) return undefined;
  const json = likeJson.test(text) ? asJson(text) : 'refused';
  if (json !== 'refused') return told(ours(text, objectOf), json);
  const [mine, other] = [ours(text, valueOf), theirs(text)];
  if (likeJson.test(text) && (mine === 'refused' || comment.test(text))) return undefined;
  return told(mine, other);
}

function told(mine: Value, other: Value): string | undefined {
  if (isDeepStrictEqual(mine, other)) return undefined;
  return `ours ${JSON.stringify(mine).slice(0, 300)}, theirs ${JSON.stringify(other).slice(0, 300)}`;
}
