/**
 * Random edits of a description, as the language server takes them, each compared with a fresh reading: the tree, the cut and the
 * findings of all rules have to be the same. `incremental.test.ts` runs some, `bench/fuzz.ts` many.
 */
import { createRandom } from '../../helpers/random';
import { allRules } from '../../../src/guidelines';
import type { Change } from '../../../src/guidelines/document';
import { Check } from '../../../src/guidelines/engine';
import { Spec, specSteps } from '../../../src/guidelines/spec';
import { finish } from '../../../src/guidelines/steps';
import { findingOf } from '../../../src/guidelines/told';
import type { TreeNode } from '../../../src/guidelines/tree';

const yamlPieces = [
  'x',
  ' ',
  '\n',
  '  ',
  ':',
  ': ',
  '- ',
  '#',
  "'",
  '"',
  '{',
  '}',
  '[',
  ']',
  '|',
  '>-\n',
  '\t',
  '\r\n',
  '\r',
  '%',

  '\n  ',
  '\n    a: 1\n',
  '/a:\n',
  'paths:\n',
  'components:\n',
  '  schemas:\n',
  '---\n',
  '&a ',
  '*a',
  '😀',

  'openapi: 3.0.0\n',
  'tags:\n- name: x\n',
  "$ref: '#/components/schemas/Pet'",
  '  /new:\n    get:\n      operationId: zz\n',
];

/** The same for JSON. */
const jsonPieces = [
  'x',
  ' ',
  '\n',
  '  ',
  ':',
  '": "',
  ',',
  ',',
  '"',
  '"',
  '""',
  '{',
  '}',
  '[',
  ']',
  '{}',
  '\\',
  '\t',
  '\r\n',
  '\r',
  '/',
  '//',
  '// why\n',
  '/*',
  '*/',
  '\uD800',
  '\uFEFF',
  '😀',
  '1',
  'null',
  '}\n',
  '  }\n',
  '    },\n',
  '\n    },\n',
  '\n  "a": {},\n',
  '\n    "/a": {},\n',
  ',"a":1',
  '"__proto__": {},',
  '"paths": {',
  '"components": {\n    "schemas": {\n      "A": {',
  '\n  "components": {\n',
  '"$ref": "#/components/schemas/Pet"',
  '  "/new": {\n    "get": {\n      "operationId": "zz"\n    }\n  },\n',
];

type Next = () => number;

const upTo = (next: Next, most: number): number => Math.floor(next() * most);

function lineAt(text: string, at: number): readonly [number, number] {
  const start = text.lastIndexOf('\n', at - 1) + 1;
  const feed = text.indexOf('\n', start);
  return [start, feed < 0 ? text.length : feed + 1];
}

/** What people do: type, delete, paste, take lines out, undo everything. */
export function randomEdit(text: string, original: string, next: Next): Change {
  const at = upTo(next, text.length + 1);
  const kind = next();
  const pieces = /^\s*\{/.test(original) ? jsonPieces : yamlPieces;
  if (kind < 0.45) return { start: at, end: at, text: pieces[upTo(next, pieces.length)] ?? '' };
  if (kind < 0.65) return { start: at, end: Math.min(text.length, at + 1 + upTo(next, 5)), text: '' };
  const from = upTo(next, original.length);
  if (kind < 0.75) return { start: at, end: at, text: original.slice(from, from + upTo(next, 200)) };
  if (kind < 0.84) return { start: at, end: Math.min(text.length, at + upTo(next, 300)), text: '' };
  const [start, end] = lineAt(text, at);
  if (kind < 0.92) return { start, end: start, text: original.slice(...lineAt(original, from)) };
  return kind < 0.94 ? { start: 0, end: text.length, text: original } : { start, end, text: '' };
}

const maxDepth = 60;

function dump(node: TreeNode, depth = 0): unknown {
  const { kind, start, end, keySpan, key } = node;
  if (depth > maxDepth || kind === 'alias') return [kind, start, end];
  const inside = kind === 'scalar' ? node.value : node.children.map((child) => dump(child, depth + 1));
  return [kind, start, end, keySpan, key, inside];
}

function findings(spec: Spec, check: Check): readonly string[] {
  return finish(check.steps()).all.map((told) => {
    const { fix, ...rest } = findingOf(told, spec);
    return JSON.stringify({ ...rest, fix: fix?.title });
  });
}

const cut = (spec: Spec): unknown =>
  spec.source.chunks.map(({ start, line, character, kind, place, shape }) => [
    start,
    line,
    character,
    kind,
    place.id,
    shape?.isEnd,
  ]);

function differenceOf(mine: readonly string[], others: readonly string[]): string {
  const odd = [
    ...mine.filter((one) => !others.includes(one)),
    ...others.filter((one) => !mine.includes(one)),
  ];
  return odd.length > 0 ? `findings differ: ${odd.slice(0, 3).join('\n')}` : 'the order of findings differs';
}

/** How an edited description differs from a fresh one; undefined when it does not. */
function difference(edited: Spec, check: Check, text: string): string | undefined {
  const isSpec = finish(edited.updateSteps());
  const fresh = finish(specSteps(text));
  if (isSpec !== (fresh !== undefined)) return `is a description: ${isSpec}`;
  if (edited.text !== text) return 'the text differs';
  if (fresh === undefined) return undefined;
  fresh.notebook.isFinal = true;
  const [mine, others] = [findings(edited, check), findings(fresh, new Check(fresh, { rules: allRules }))];
  if (mine.join('\n') !== others.join('\n')) return differenceOf(mine, others);
  if (JSON.stringify(dump(edited.root)) !== JSON.stringify(dump(fresh.root))) return 'the tree differs';
  return JSON.stringify(cut(edited)) === JSON.stringify(cut(fresh)) ? undefined : 'the cut differs';
}

export interface EditRun {
  /** What was edited, and by what; to run it again. */
  readonly original: string;
  readonly changes: readonly Change[];
  /** What the last change led to; undefined when all were read as a fresh text is. */
  readonly failure: string | undefined;
}

/** Makes changes one after the other as they are told, until they are at an end or lead to a difference. */
function apply(
  original: string,
  { every, change }: { readonly every: number; change(text: string, made: number): Change | undefined },
): EditRun {
  const changes: Change[] = [];
  const run = (failure?: string): EditRun => ({ original, changes, failure });
  try {
    const edited = new Spec(original);
    const check = new Check(edited, { rules: allRules });
    if (finish(edited.updateSteps())) finish(check.steps());
    let text = original;
    for (let one = change(text, 0); one !== undefined; one = change(text, changes.length)) {
      changes.push(one);
      text = text.slice(0, one.start) + one.text + text.slice(one.end);
      edited.edit(one);
      const different = changes.length % every === 0 ? difference(edited, check, text) : undefined;
      if (different !== undefined) return run(different);
    }
    return run();
  } catch (error) {
    return run(`an exception: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  }
}

/** Edits a description `count` times at random, and compares after every `every`th edit. */
export function runEdits(
  original: string,
  { seed, count, every }: { readonly seed: number; readonly count: number; readonly every: number },
): EditRun {
  const { int } = createRandom(seed);
  const next: Next = () => int(2 ** 30) / 2 ** 30;
  return apply(original, {
    every,
    change: (text, made) => (made < count ? randomEdit(text, original, next) : undefined),
  });
}

/** Makes the same changes again; what lies outside the text is moved to its end. */
export function replay(original: string, changes: readonly Change[], every = 1): EditRun {
  return apply(original, {
    every,
    change: (text, made) => {
      const one = changes[made];
      return one && { ...one, start: Math.min(one.start, text.length), end: Math.min(one.end, text.length) };
    },
  });
}
